// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/mlp_cache.h"

#include <QTest>

#include <algorithm>
#include <set>

using fastcar::MlpCache;

class TestMlpCache : public QObject {
    Q_OBJECT

private slots:
    void aTokenSharesItsSlotWithTheSamePositionOfEveryFrame();
    void slotsDoNotOverlap();
};

void TestMlpCache::aTokenSharesItsSlotWithTheSamePositionOfEveryFrame()
{
    MlpCache cache({.layers = 2, .rows = 2, .stride = 5, .hidden = 3});
    std::ranges::fill(cache.slot(1, 0, 4), 7.0f);
    for (const int token : {9, 14, 104})
        QCOMPARE(cache.slot(1, 0, token)[2], 7.0f);
    QCOMPARE(cache.slot(1, 0, 9).data(), cache.slot(1, 0, 4).data());
}

void TestMlpCache::slotsDoNotOverlap()
{
    const MlpCache::Extent extent{.layers = 2, .rows = 3, .stride = 5, .hidden = 4};
    MlpCache cache(extent);
    std::set<const float *> seen;
    for (int layer = 0; layer < 2; ++layer)
        for (int row = 0; row < 3; ++row)
            for (int token = 0; token < 5; ++token)
                for (const float &value : cache.slot(layer, row, token))
                    seen.insert(&value);
    QCOMPARE(seen.size() * sizeof(float), MlpCache::bytes(extent));
}

QTEST_APPLESS_MAIN(TestMlpCache)
#include "test_mlp_cache.moc"
