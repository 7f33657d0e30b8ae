// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/crew_choice.h"

#include <QTest>

#include <cstdint>

using fastcar::cpu::CrewChoice;

namespace {

/// So long takes a step of each kind; the bytes that it reads grow.
struct Machine {
    std::int64_t together = 0, alone = 0;
    std::uint64_t bytes = 1000;

    /// How many of the next `steps` were taken by one thread alone.
    int run(CrewChoice &choice, int steps)
    {
        int ofOne = 0;
        for (int i = 0; i < steps; ++i) {
            ofOne += choice.alone();
            const std::int64_t a1000 = choice.alone() ? alone : together;
            choice.took(a1000 * static_cast<std::int64_t>(bytes) / 1000, bytes);
            bytes += 3;
        }
        return ofOne;
    }
};

} // namespace

class TestCrewChoice : public QObject {
    Q_OBJECT

private slots:
    void stepsAreSharedUntilATrialSaysOtherwise();
    void whatIsFasterIsKept();
    void aMachineThatChangesIsFollowed();
    void aLittleFasterIsNoise();
    void aSlowStepOrTwoDecideNothing();
};

void TestCrewChoice::stepsAreSharedUntilATrialSaysOtherwise()
{
    CrewChoice choice;
    Machine machine{.together = 100'000, .alone = 60'000};
    QCOMPARE(machine.run(choice, 8), 0);
    QCOMPARE(machine.run(choice, 2 * CrewChoice::stepsOfTrial), CrewChoice::stepsOfTrial);
    QCOMPARE(machine.run(choice, 100), 100);
}

void TestCrewChoice::whatIsFasterIsKept()
{
    CrewChoice choice;
    Machine machine{.together = 60'000, .alone = 100'000};
    QCOMPARE(machine.run(choice, 10 * CrewChoice::period), 10 * CrewChoice::stepsOfTrial);
}

void TestCrewChoice::aMachineThatChangesIsFollowed()
{
    CrewChoice choice;
    Machine machine{.together = 60'000, .alone = 100'000};
    machine.run(choice, CrewChoice::period);
    machine.together = 200'000;
    machine.run(choice, 20);
    QVERIFY(choice.alone());
    machine.run(choice, CrewChoice::period - 20);
    machine.together = 60'000;
    machine.run(choice, 20);
    QVERIFY(!choice.alone());
}

void TestCrewChoice::aLittleFasterIsNoise()
{
    CrewChoice choice;
    Machine machine{.together = 100'000, .alone = 98'000};
    QCOMPARE(machine.run(choice, CrewChoice::period), CrewChoice::stepsOfTrial);
}

void TestCrewChoice::aSlowStepOrTwoDecideNothing()
{
    CrewChoice choice;
    Machine machine{.together = 60'000, .alone = 100'000};
    machine.run(choice, 9);
    choice.took(5'000'000, 1000); // of the trial: somebody else had the core
    machine.run(choice, 30);
    QVERIFY(!choice.alone());
}

QTEST_APPLESS_MAIN(TestCrewChoice)
#include "test_crew_choice.moc"
