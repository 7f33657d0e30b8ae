// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/sampler.h"
#include "engine/tensor/npy.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <random>

using namespace fastcar;

namespace {
const std::string golden = FASTCAR_TEST_DATA "/golden/";
constexpr float infinity = std::numeric_limits<float>::infinity();
} // namespace

class TestSampler : public QObject {
    Q_OBJECT

private slots:
    void probabilitiesEqualThePublishedOnes_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QFile manifest(QString::fromStdString(golden + "manifest.json"));
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        const QJsonObject files = QJsonDocument::fromJson(manifest.readAll()).object()["files"].toObject();
        const QJsonArray cases = files["vectors/sampler.npz"].toObject()["cases"].toArray();
        QVERIFY(cases.size() > 10);
        for (const auto &one : cases)
            QTest::newRow(qPrintable(one.toObject()["case"].toString())) << one.toObject();
    }

    void probabilitiesEqualThePublishedOnes()
    {
        QFETCH(QJsonObject, parameters);
        const std::string name = parameters["case"].toString().toStdString();
        const auto arrays = readNpz(golden + "vectors/sampler.npz");
        QVERIFY2(arrays.ok(), arrays.ok() ? "" : arrays.error().message.c_str());
        const auto logits = arrays->at(name + "_logits").as<float>();
        const auto expected = arrays->at(name + "_probs").as<float>();
        const auto kept = arrays->at(name + "_kept").as<std::uint8_t>();
        QVERIFY(logits.ok() && expected.ok() && kept.ok());

        const SamplerSettings settings{.temperature =
                                           static_cast<float>(parameters["temperature"].toDouble()),
                                       .topK = parameters["top_k"].toInt(0),
                                       .topP = static_cast<float>(parameters["top_p"].toDouble(1.0))};
        Sampler sampler(static_cast<int>(logits->size()));
        std::vector<float> probabilities(logits->size());
        sampler.probabilities(*logits, settings, probabilities);
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            QVERIFY2(std::abs(probabilities[i] - (*expected)[i]) <= 1e-5f, qPrintable(QString::number(i)));
            QCOMPARE(probabilities[i] > 0.0f, (*kept)[i] != 0 && (*expected)[i] > 0.0f);
        }
    }

    /// Many logits, among them equal ones, infinities and what is no number, against all of them sorted.
    void keepsWhatASortWouldKeep()
    {
        std::mt19937 random(5);
        const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
        for (int round = 0; round < 300; ++round) {
            std::vector<float> logits(static_cast<std::size_t>(1 + below(400)));
            for (float &logit : logits)
                logit = below(40) == 0 ? -infinity : static_cast<float>(below(60) - 30) / 4.0f;
            const SamplerSettings settings{.temperature = 0.25f + static_cast<float>(below(8)) / 8.0f,
                                           .topK = below(2) * below(410),
                                           .topP =
                                               below(3) == 0 ? 1.0f : 0.02f + 0.0098f * float(below(100))};
            std::vector<std::size_t> order(logits.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::ranges::stable_sort(order, std::greater(), [&](std::size_t code) { return logits[code]; });
            std::size_t some = order.size();
            if (const auto k = static_cast<std::size_t>(settings.topK); k > 0 && k < some)
                for (some = k; some < order.size() && logits[order[some]] == logits[order[k - 1]];)
                    ++some;
            std::vector<double> weights;
            for (std::size_t rank = 0; rank < some; ++rank) {
                const float value = logits[order[rank]], top = logits[order[0]];
                weights.push_back(value == top ? 1.0
                                               : std::exp(double(value / settings.temperature) -
                                                          double(top / settings.temperature)));
            }
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            std::size_t kept = 0;
            for (double mass = 0.0; kept < some && (settings.topP == 1.0f || mass < double(settings.topP));)
                mass += weights[kept++] / sum;
            const double keptMass =
                std::accumulate(weights.begin(), weights.begin() + std::ptrdiff_t(kept), 0.0);

            Sampler sampler(static_cast<int>(logits.size()));
            std::vector<float> probabilities(logits.size());
            sampler.probabilities(logits, settings, probabilities);
            for (std::size_t rank = 0; rank < order.size(); ++rank) {
                const double expected = rank < kept ? weights[rank] / keptMass : 0.0;
                QVERIFY2(std::abs(double(probabilities[order[rank]]) - expected) <= 1e-6,
                         qPrintable(QString("round %1, rank %2: %3, not %4")
                                        .arg(round)
                                        .arg(rank)
                                        .arg(double(probabilities[order[rank]]))
                                        .arg(expected)));
            }
        }
    }

    void drawsFollowTheProbabilities()
    {
        const std::vector<float> logits = {1.0f, 3.0f, 2.0f, -1.0f, 0.5f};
        const SamplerSettings settings{.temperature = 0.8f, .topK = 4, .topP = 0.97f};
        Sampler sampler(5);
        std::vector<float> probabilities(5);
        sampler.probabilities(logits, settings, probabilities);
        constexpr int draws = 100000;
        std::vector<int> count(5);
        for (int i = 0; i < draws; ++i)
            ++count[static_cast<std::size_t>(sampler.draw(logits, settings, (i + 0.5) / draws))];
        for (std::size_t code = 0; code < 5; ++code)
            QVERIFY(std::abs(double(count[code]) - double(probabilities[code]) * draws) <= 1.5);
    }

    void theFarEndOfTheIntervalPicksAKeptCode()
    {
        const std::vector<float> logits = {0.0f, -infinity, 5.0f, -200.0f};
        Sampler sampler(4);
        const int code = sampler.draw(logits, {.topK = 0, .topP = 1.0f}, std::nextafter(1.0, 0.0));
        QVERIFY(code == 0 || code == 2);
    }

    void greedyTakesTheFirstOfTheLargest()
    {
        Sampler sampler(5);
        const std::vector<float> logits = {std::nanf(""), 1.0f, 4.0f, 4.0f, -infinity};
        QCOMPARE(sampler.draw(logits, {.greedy = true}, 0.99), 2);
    }

    void nothingButNaNsIsAnEvenDraw()
    {
        const std::vector<float> logits(4, std::nanf(""));
        std::vector<float> probabilities(4);
        Sampler sampler(4);
        sampler.probabilities(logits, {.topK = 0, .topP = 1.0f}, probabilities);
        for (const float p : probabilities)
            QCOMPARE(p, 0.25f);
    }

    void guidanceOfOneIsTheConditionalRow()
    {
        const std::vector<float> conditional = {1.0f, -2.0f}, unconditional = {0.5f, 4.0f};
        std::vector<float> guided(2);
        guide(conditional, unconditional, 3.0f, guided);
        QCOMPARE(guided[0], 2.0f);
        QCOMPARE(guided[1], -14.0f);
    }

    void senselessNumbersAreRefusedWithTheReason()
    {
        QVERIFY(!checkSampler({.temperature = 0.0f}));
        QVERIFY(checkSampler({.temperature = 0.0f}).error().message.find("greedy") != std::string::npos);
        QVERIFY(!checkSampler({.temperature = std::nanf("")}));
        QVERIFY(!checkSampler({.topK = -1}));
        QVERIFY(!checkSampler({.topP = 0.0f}));
        QVERIFY(!checkSampler({.topP = 1.5f}));
        // As in a model's fastcar.json.
        for (const float cfg : {infinity, -infinity, std::nanf(""), -0.5f, 100.5f}) {
            QVERIFY(!checkSampler({.cfg = cfg}));
            QVERIFY(checkSampler({.cfg = cfg}).error().message.find("0 to 100") != std::string::npos);
        }
        for (const float cfg : {0.0f, 1.0f, 100.0f})
            QVERIFY(checkSampler({.cfg = cfg}).ok());
        QVERIFY(checkSampler({}).ok());
    }
};

QTEST_APPLESS_MAIN(TestSampler)
#include "test_sampler.moc"
