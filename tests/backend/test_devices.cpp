// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/devices.h"
#include "engine/backend/machine_memory.h"
#include "engine/backend/thread_pool.h"

#include <QTest>

using namespace fastcar;

class TestDevices : public QObject {
    Q_OBJECT

private slots:
    void theProcessorIsUsable();
    void theModelsDeviceIsTakenIfItIsUsable();
    void everyUnusableDeviceSaysWhy();
    void anUnknownDeviceListsWhatThereIs();
    void aKnownButUnusableDeviceIsRefusedWithItsReason_data();
    void aKnownButUnusableDeviceIsRefusedWithItsReason();
    void memoryIsPrintedForPeople();
    void aRegisteredDeviceTakesThePlaceOfItsName();
};

void TestDevices::theProcessorIsUsable()
{
    const std::vector<DeviceInfo> devices = listDevices();
    QCOMPARE(devices.front().name, std::string("cpu"));
    QVERIFY(devices.front().usable);
    QVERIFY(devices.front().description.find("core") != std::string::npos);
}

void TestDevices::theModelsDeviceIsTakenIfItIsUsable()
{
    QCOMPARE(defaultDevice({}), "cpu");
    ModelDefaults model;
    model.device = "cpu:f16";
    QCOMPARE(defaultDevice(model), "cpu:f16");
    QVERIFY(cacheType("cpu:f16") == DType::F16 && cacheType("cpu") == DType::F32);
    QVERIFY(cacheType("cpu:int8") == DType::I8 && cacheType("cpu:int4") == DType::I8);
    QVERIFY(!weightFormat("cpu:f16"));
    for (const char *other : {"vulkan", "toaster"}) {
        model.device = other;
        QCOMPARE(defaultDevice(model), "cpu");
    }
}

void TestDevices::everyUnusableDeviceSaysWhy()
{
    const std::vector<DeviceInfo> devices = listDevices();
    QCOMPARE(devices.size(), std::size_t{8});
    for (const DeviceInfo &device : devices)
        QCOMPARE(device.whyNot.ends_with('.'), !device.usable);
}

void TestDevices::anUnknownDeviceListsWhatThereIs()
{
    ThreadPool pool(1);
    const auto made = createBackbone("toaster", nullptr, pool);
    QVERIFY(!made);
    QVERIFY(made.error().kind == ErrorKind::BadInput);
    for (const char *word : {"toaster", "\"cpu\"", "\"fpga-modelled\""})
        QVERIFY2(made.error().message.find(word) != std::string::npos, word);
}

void TestDevices::aKnownButUnusableDeviceIsRefusedWithItsReason_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"vulkan", "vulkan:1", "fpga:0", "fpga-emulated", "fpga-modelled"})
        QTest::addRow("%s", name) << QByteArray(name);
}

void TestDevices::aKnownButUnusableDeviceIsRefusedWithItsReason()
{
    QFETCH(QByteArray, name);
    ThreadPool pool(1);
    const auto made = createBackbone(name.toStdString(), nullptr, pool);
    QVERIFY(!made);
    QVERIFY(made.error().kind == ErrorKind::Unsupported);
    QVERIFY(made.error().message.find("not part of this version") != std::string::npos);
}

void TestDevices::memoryIsPrintedForPeople()
{
    QCOMPARE(bytesForPeople(std::uint64_t{3} << 29), std::string("1.5 GiB"));
    QCOMPARE(bytesForPeople(1 << 20), std::string("1.0 MiB"));
}

void TestDevices::aRegisteredDeviceTakesThePlaceOfItsName()
{
    std::string asked;
    registerDevice(
        {.info = {.name = "vulkan", .description = "made for this test", .usable = true, .whyNot = ""},
         .create = [&](std::string_view device, auto, ThreadPool &) {
             asked = device;
             return Result<std::unique_ptr<Backbone>>(nullptr);
         }});
    const std::vector<DeviceInfo> devices = listDevices();
    QCOMPARE(devices.size(), std::size_t{8});
    QVERIFY(std::any_of(devices.begin(), devices.end(),
                        [](const DeviceInfo &d) { return d.name == "vulkan" && d.usable; }));
    ThreadPool pool(1);
    QVERIFY(createBackbone("vulkan:1", nullptr, pool).ok());
    QCOMPARE(asked, std::string("vulkan:1"));
}

QTEST_APPLESS_MAIN(TestDevices)
#include "test_devices.moc"
