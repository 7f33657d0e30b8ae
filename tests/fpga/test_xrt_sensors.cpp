// SPDX-License-Identifier: Apache-2.0
//
// What is made of XRT's reports on a card's sensors, of the form that XRT gives them.
#include "fpga/host/xrt_sensors.h"

#include <QTest>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

constexpr auto electrical = R"({
    "power_rails": [
        {"id": "12v_aux", "description": "12 Volts Auxillary",
         "voltage": {"volts": "12.187", "is_present": "true"}, "current": {"amps": "1.240", "is_present": "true"}}
    ],
    "power_consumption_max_watts": "225",
    "power_consumption_watts": "28.625403",
    "power_consumption_warning": "false"
})";

constexpr auto thermal = R"({
    "thermals": [
        {"location_id": "pcb_top_front", "description": "PCB Top Front", "temp_C": "36", "is_present": "true"},
        {"location_id": "cage_temp_0", "description": "Cage0", "temp_C": "0", "is_present": "false"},
        {"location_id": "fpga0", "description": "FPGA", "temp_C": "45", "is_present": "true"},
        {"error_msg": "no such sensor", "location_id": "int_vcc", "description": "Int Vcc", "temp_C": "0",
         "is_present": "false"}
    ]
})";

} // namespace

class TestXrtSensors : public QObject {
    Q_OBJECT

private slots:
    void powerAndTheTemperaturesThatAreThereAreTaken()
    {
        const CardSensors sensors = sensorsOf(electrical, thermal);
        QVERIFY(sensors.any());
        QCOMPARE(sensors.watts.value_or(0.0), 28.625403);
        const std::vector<CardSensors::Temperature> expected{{"PCB Top Front", 36.0}, {"FPGA", 45.0}};
        QVERIFY(sensors.temperatures == expected);
    }

    void numbersMayBeNumbers()
    {
        const CardSensors sensors =
            sensorsOf(R"({"power_consumption_watts": 31.5})",
                      R"({"thermals": [{"description": "FPGA", "temp_C": 51, "is_present": "true"}]})");
        QCOMPARE(sensors.watts.value_or(0.0), 31.5);
        QCOMPARE(sensors.temperatures.size(), std::size_t{1});
        QCOMPARE(sensors.temperatures[0].celsius, 51.0);
    }

    void whatIsNotMeasuredIsNotThere_data()
    {
        QTest::addColumn<QByteArray>("power");
        QTest::addColumn<QByteArray>("heat");
        const auto row = [](const char *name, const char *power, const char *heat) {
            QTest::newRow(name) << QByteArray(power) << QByteArray(heat);
        };
        row("nothing", "", "");
        row("empty documents", "{}", "{}");
        row("no JSON", "N/A", "N/A");
        row("no value", R"({"power_consumption_watts": "N/A"})", R"({"thermals": ""})");
        row("zero", R"({"power_consumption_watts": "0.000000"})",
            R"({"thermals": [{"description": "FPGA", "temp_C": "0", "is_present": "false"}]})");
        row("half a number", R"({"power_consumption_watts": "28 W"})",
            R"({"thermals": [{"description": "FPGA", "temp_C": "45 C", "is_present": "true"}]})");
        row("more than a card takes", R"({"power_consumption_watts": "28625403"})",
            R"({"thermals": [{"description": "FPGA", "temp_C": "45000", "is_present": "true"}]})");
        row("another shape", R"({"power_consumption_watts": {"now": 3}})",
            R"({"thermals": [3, "FPGA", null]})");
    }

    void whatIsNotMeasuredIsNotThere()
    {
        QFETCH(QByteArray, power);
        QFETCH(QByteArray, heat);
        QVERIFY(!sensorsOf(power.toStdString(), heat.toStdString()).any());
    }
};

QTEST_APPLESS_MAIN(TestXrtSensors)
#include "test_xrt_sensors.moc"
