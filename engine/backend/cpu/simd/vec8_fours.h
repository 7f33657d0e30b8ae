// SPDX-License-Identifier: Apache-2.0
//
// Vec8 (vec8.h) as two registers of four, in the compiler's vectors: for any processor, and for NEON, which
// has an instruction for some of what others take several for.
#pragma once

#include "engine/backend/cpu/kernel_table.h"

namespace fastcar::cpu::FASTCAR_SIMD {

using Floats4 = float __attribute__((vector_size(16)));
using Bits4 = std::uint32_t __attribute__((vector_size(16)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using Int16x8 = std::int16_t __attribute__((vector_size(16)));

struct Vec8 {
    Floats4 low, high;
};

template <typename To, typename From>
inline To bitsOf(From from)
{
    static_assert(sizeof(To) == sizeof(From));
    To to;
    std::memcpy(&to, &from, sizeof(to));
    return to;
}
template <typename T, typename From>
inline T loadAs(const From *from)
{
    T to;
    std::memcpy(&to, from, sizeof(to));
    return to;
}
/// Where the bits of `mask` are set: a, else b.
template <typename Mask, typename T>
inline T where(Mask mask, T a, T b)
{
    const Bits4 m = bitsOf<Bits4>(mask);
    return bitsOf<T>((m & bitsOf<Bits4>(a)) | (~m & bitsOf<Bits4>(b)));
}

using Halves4 = std::uint16_t __attribute__((vector_size(8)));

#if FASTCAR_NEON

inline Floats4 fma(Floats4 a, Floats4 b, Floats4 c)
{
    return vfmaq_f32(c, a, b);
}
inline Floats4 maximum(Floats4 a, Floats4 b)
{
    return vmaxq_f32(a, b);
}
inline float largest(Floats4 a)
{
    return vmaxvq_f32(a);
}
/// a0 + a1, a2 + a3, b0 + b1, b2 + b3
inline Floats4 addPairs(Floats4 a, Floats4 b)
{
    return vpaddq_f32(a, b);
}
inline Floats4 f16ToFloats(Halves4 half)
{
    return vcvt_f32_f16(bitsOf<float16x4_t>(half));
}
inline Floats4 bf16ToFloats(Halves4 stored)
{
    return bitsOf<Floats4>(vshll_n_u16(stored, 16));
}
/// Rounded to the nearest.
inline Halves4 floatsToF16(Floats4 a)
{
    return bitsOf<Halves4>(vcvt_f16_f32(a));
}

#else

/// Not fused.
inline Floats4 fma(Floats4 a, Floats4 b, Floats4 c)
{
    return a * b + c;
}
inline Floats4 maximum(Floats4 a, Floats4 b)
{
    return where(a > b, a, b);
}
inline float largest(Floats4 a)
{
    float most = a[0];
    for (int i = 1; i < 4; ++i)
        most = a[i] > most ? a[i] : most;
    return most;
}
/// a0 + a1, a2 + a3, b0 + b1, b2 + b3
inline Floats4 addPairs(Floats4 a, Floats4 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
}
/// Subnormals become f32's by the multiplication; infinities and what is no number are set apart.
inline Floats4 f16ToFloats(Halves4 stored)
{
    const Bits4 half = __builtin_convertvector(stored, Bits4);
    const Bits4 magnitude = (half & 0x7fffu) << 13;
    const Bits4 special = bitsOf<Bits4>(magnitude >= 0x0f800000u) & 0x7f800000u;
    const Floats4 scaled = bitsOf<Floats4>(magnitude) * 0x1p112f;
    return bitsOf<Floats4>(bitsOf<Bits4>(scaled) | special | (half & 0x8000u) << 16);
}
inline Floats4 bf16ToFloats(Halves4 stored)
{
    return bitsOf<Floats4>(__builtin_convertvector(stored, Bits4) << 16);
}
/// Rounded to the nearest, of two as near to the even one.
inline Halves4 floatsToF16(Floats4 a)
{
    const Bits4 sign = bitsOf<Bits4>(a) & 0x80000000u;
    const Bits4 magnitude = bitsOf<Bits4>(a) ^ sign;
    const Int32x4 size = bitsOf<Int32x4>(magnitude); // floats of one sign sort as whole numbers
    // The last bit of a float from 0.5 to 1 is worth as much as that of f16's subnormals.
    const Bits4 subnormal = bitsOf<Bits4>(bitsOf<Floats4>(magnitude) + 0.5f) - 0x3f000000u;
    // Less by the difference of the exponents' offsets; half of the last bit that stays, or just less.
    const Bits4 normal = (magnitude - 0x38000000u + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
    const Bits4 special = where(size > 0x7f800000, Bits4{} + 0x7e00u, Bits4{} + 0x7c00u);
    const Bits4 half =
        where(size < 0x38800000, subnormal, where(size >= 0x47800000, special, normal)) | sign >> 16;
    return __builtin_convertvector(half, Halves4);
}

#endif

inline Vec8 zero()
{
    return {Floats4{}, Floats4{}};
}
inline Vec8 broadcast(float value)
{
    const Floats4 four{value, value, value, value};
    return {four, four};
}
inline Vec8 load(const float *from)
{
    return {loadAs<Floats4>(from), loadAs<Floats4>(from + 4)};
}
inline void store(float *to, const Vec8 &a)
{
    std::memcpy(to, &a.low, sizeof(a.low));
    std::memcpy(to + 4, &a.high, sizeof(a.high));
}
inline Vec8 operator+(const Vec8 &a, const Vec8 &b)
{
    return {a.low + b.low, a.high + b.high};
}
inline Vec8 operator-(const Vec8 &a, const Vec8 &b)
{
    return {a.low - b.low, a.high - b.high};
}
inline Vec8 operator*(const Vec8 &a, const Vec8 &b)
{
    return {a.low * b.low, a.high * b.high};
}
inline Vec8 operator/(const Vec8 &a, const Vec8 &b)
{
    return {a.low / b.low, a.high / b.high};
}
/// a * b + c, rounded once where the level fuses.
inline Vec8 fma(const Vec8 &a, const Vec8 &b, const Vec8 &c)
{
    return {fma(a.low, b.low, c.low), fma(a.high, b.high, c.high)};
}
inline Vec8 maximum(const Vec8 &a, const Vec8 &b)
{
    return {maximum(a.low, b.low), maximum(a.high, b.high)};
}
inline Vec8 absolute(const Vec8 &a)
{
    const Bits4 magnitude = Bits4{} + 0x7fffffffu;
    return {bitsOf<Floats4>(bitsOf<Bits4>(a.low) & magnitude),
            bitsOf<Floats4>(bitsOf<Bits4>(a.high) & magnitude)};
}
/// Where x < 0: a, else b.
inline Vec8 whereNegative(const Vec8 &x, const Vec8 &a, const Vec8 &b)
{
    return {where(bitsOf<Int32x4>(x.low) < 0, a.low, b.low),
            where(bitsOf<Int32x4>(x.high) < 0, a.high, b.high)};
}

/// ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
inline float sum(const Vec8 &a)
{
    const Floats4 fours = addPairs(addPairs(a.low, a.high), Floats4{});
    return fours[0] + fours[1];
}

/// The sums of four, each as sum() has it.
inline void sums(const Vec8 &a, const Vec8 &b, const Vec8 &c, const Vec8 &d, float (&out)[4])
{
    const Floats4 ab = addPairs(addPairs(a.low, a.high), addPairs(b.low, b.high));
    const Floats4 cd = addPairs(addPairs(c.low, c.high), addPairs(d.low, d.high));
    const Floats4 all = addPairs(ab, cd);
    std::memcpy(out, &all, sizeof(all));
}

inline float largest(const Vec8 &a)
{
    return largest(maximum(a.low, a.high));
}

/// Eight stored weights, keys or values as f32.
template <DType type>
inline Vec8 loadStored(const std::byte *from)
{
    static_assert(type == DType::F32 || type == DType::F16 || type == DType::BF16);
    if constexpr (type == DType::F32)
        return {loadAs<Floats4>(from), loadAs<Floats4>(from + 16)};
    else if constexpr (type == DType::F16)
        return {f16ToFloats(loadAs<Halves4>(from)), f16ToFloats(loadAs<Halves4>(from + 8))};
    else
        return {bf16ToFloats(loadAs<Halves4>(from)), bf16ToFloats(loadAs<Halves4>(from + 8))};
}

/// Rounded to the nearest f16.
inline void storeF16(std::byte *to, const Vec8 &a)
{
    const std::array<Halves4, 2> halves{floatsToF16(a.low), floatsToF16(a.high)};
    std::memcpy(to, &halves, sizeof(halves));
}

inline Floats4 exp(Floats4 x)
{
    const auto tooSmall = x < -87.33654f;
    Floats4 r = where(tooSmall, Floats4{} - 87.33654f, x); // a NaN survives
    r = where(r > 88.0f, Floats4{} + 88.0f, r);
    constexpr float rounding = 0x1.8p23f; // adding it leaves a whole number
    const Floats4 n = (r * 1.44269504f + rounding) - rounding;
    r = fma(n, Floats4{} - 0x1.62e4p-1f, r); // ln 2 in two parts
    r = fma(n, Floats4{} - 0x1.7f7d1cp-20f, r);
    Floats4 p = Floats4{} + 1.0f / 5040.0f; // the series; |r| <= ln 2 / 2
    for (const float c : {1.0f / 720.0f, 1.0f / 120.0f, 1.0f / 24.0f, 1.0f / 6.0f, 0.5f, 1.0f, 1.0f})
        p = fma(p, r, Floats4{} + c);
    const Bits4 power = bitsOf<Bits4>(__builtin_convertvector(n, Int32x4)) << 23;
    return bitsOf<Floats4>((bitsOf<Bits4>(p) + power) & ~bitsOf<Bits4>(tooSmall));
}

/// e^x to about 1e-7 relative; 0 below -87.3 (also for -inf), about 1.6e38 above 88.
inline Vec8 exp(const Vec8 &x)
{
    return {exp(x.low), exp(x.high)};
}

struct Int32x8 {
    Int32x4 low, high;
};

#if FASTCAR_NEON

/// Apart, so that products of neighbours come to one lane.
struct Int16x16 {
    Int16x8 even, odd;
};

inline Int16x16 load(const std::int16_t *from)
{
    const int16x8x2_t apart = vld2q_s16(from);
    return {apart.val[0], apart.val[1]};
}
/// Two numbers, eight times.
inline Int16x16 broadcastPair(const std::int16_t *from)
{
    return {vld1q_dup_s16(from), vld1q_dup_s16(from + 1)};
}
/// Four numbers, four times.
inline Int16x16 broadcastFour(const std::int16_t *from)
{
    const Int16x8 even{from[0], from[2], from[0], from[2], from[0], from[2], from[0], from[2]};
    const Int16x8 odd{from[1], from[3], from[1], from[3], from[1], from[3], from[1], from[3]};
    return {even, odd};
}
/// Sixteen signed bytes.
inline Int16x16 widen(const std::byte *from)
{
    const Int16x8 both = loadAs<Int16x8>(from);
    return {both << 8 >> 8, both >> 8};
}
/// Sixteen bytes without a sign.
inline Int16x16 widenUnsigned(const std::byte *from)
{
    const Int16x8 both = loadAs<Int16x8>(from);
    return {both & 0xff, both >> 8 & 0xff};
}
/// sums[i] + a[2 i] b[2 i] + a[2 i + 1] b[2 i + 1]
inline Int32x8 addProducts(const Int32x8 &sums, const Int16x16 &a, const Int16x16 &b)
{
    int32x4_t low = sums.low, high = sums.high;
    // Intrinsics say the same, but GCC 12 copies such sums from register to register.
    __asm__("smlal %0.4s, %1.4h, %2.4h" : "+w"(low) : "w"(a.even), "w"(b.even));
    __asm__("smlal2 %0.4s, %1.8h, %2.8h" : "+w"(high) : "w"(a.even), "w"(b.even));
    __asm__("smlal %0.4s, %1.4h, %2.4h" : "+w"(low) : "w"(a.odd), "w"(b.odd));
    __asm__("smlal2 %0.4s, %1.8h, %2.8h" : "+w"(high) : "w"(a.odd), "w"(b.odd));
    return {low, high};
}

#else

struct Int16x16 {
    Int16x8 low, high;
};

inline Int16x16 load(const std::int16_t *from)
{
    return {loadAs<Int16x8>(from), loadAs<Int16x8>(from + 8)};
}
/// Two numbers, eight times.
inline Int16x16 broadcastPair(const std::int16_t *from)
{
    const Int16x8 four{from[0], from[1], from[0], from[1], from[0], from[1], from[0], from[1]};
    return {four, four};
}
/// Four numbers, four times.
inline Int16x16 broadcastFour(const std::int16_t *from)
{
    const Int16x8 twice{from[0], from[1], from[2], from[3], from[0], from[1], from[2], from[3]};
    return {twice, twice};
}
/// Sixteen bytes without a sign.
inline Int16x16 widenUnsigned(const std::byte *from)
{
    using UInt8x8 = std::uint8_t __attribute__((vector_size(8)));
    return {__builtin_convertvector(loadAs<UInt8x8>(from), Int16x8),
            __builtin_convertvector(loadAs<UInt8x8>(from + 8), Int16x8)};
}
/// Sixteen signed bytes.
inline Int16x16 widen(const std::byte *from)
{
    using Int8x8 = std::int8_t __attribute__((vector_size(8)));
    return {__builtin_convertvector(loadAs<Int8x8>(from), Int16x8),
            __builtin_convertvector(loadAs<Int8x8>(from + 8), Int16x8)};
}
inline Int32x4 addProducts(Int32x4 sums, Int16x8 a, Int16x8 b)
{
#if defined(__SSE2__)
    return sums + bitsOf<Int32x4>(_mm_madd_epi16(bitsOf<__m128i>(a), bitsOf<__m128i>(b)));
#else
    for (int i = 0; i < 4; ++i)
        sums[i] += std::int32_t{a[2 * i]} * b[2 * i] + std::int32_t{a[2 * i + 1]} * b[2 * i + 1];
    return sums;
#endif
}
/// sums[i] + a[2 i] b[2 i] + a[2 i + 1] b[2 i + 1]
inline Int32x8 addProducts(const Int32x8 &sums, const Int16x16 &a, const Int16x16 &b)
{
    return {addProducts(sums.low, a.low, b.low), addProducts(sums.high, a.high, b.high)};
}

#endif

inline Int32x8 operator+(const Int32x8 &a, const Int32x8 &b)
{
    return {a.low + b.low, a.high + b.high};
}
inline Int32x8 operator-(const Int32x8 &a, const Int32x8 &b)
{
    return {a.low - b.low, a.high - b.high};
}
inline Int32x8 broadcast(std::int32_t value)
{
    return {Int32x4{} + value, Int32x4{} + value};
}
/// a0 + a1, a2 + a3, ..., b6 + b7
inline Int32x8 addPairs(const Int32x8 &a, const Int32x8 &b)
{
    const auto add = [](Int32x4 x, Int32x4 y) {
        return __builtin_shufflevector(x, y, 0, 2, 4, 6) + __builtin_shufflevector(x, y, 1, 3, 5, 7);
    };
    return {add(a.low, a.high), add(b.low, b.high)};
}
inline std::int64_t sum(const Int32x8 &a)
{
    std::int64_t total = 0;
    for (int i = 0; i < 4; ++i)
        total += std::int64_t{a.low[i]} + a.high[i];
    return total;
}
inline Vec8 toFloats(const Int32x8 &a)
{
    return {__builtin_convertvector(a.low, Floats4), __builtin_convertvector(a.high, Floats4)};
}

/// Of magnitudes below 2^22.
inline Int32x4 nearest(Floats4 a)
{
    constexpr float rounding = 0x1.8p23f; // adding it leaves a whole number in the last bits
    return bitsOf<Int32x4>(a + rounding) - 0x4b400000;
}

/// Eight of the nearest whole numbers.
template <typename T>
inline void storeRounded(T *to, const Vec8 &a)
{
    const Int32x8 whole{nearest(a.low), nearest(a.high)};
    std::int32_t all[8];
    std::memcpy(all, &whole, sizeof(all));
    for (int i = 0; i < 8; ++i)
        to[i] = static_cast<T>(all[i]);
}

} // namespace fastcar::cpu::FASTCAR_SIMD
