// SPDX-License-Identifier: Apache-2.0
//
// Configs that are wrong, absurd, or describe a model that is not supported: each is refused with an error
// that names file and field, what was expected and what was found.
#include "tests/checkpoint/checkpoint_copy.h"

#include <QTest>

using namespace fastcar;
using nlohmann::json;

namespace {

const char *llm = "llm/config.json";
const char *vision = "vision_tower/config.json";
const char *projector = "mm_projector/config.json";

} // namespace

class TestConfigDamage : public QObject {
    Q_OBJECT

private slots:
    void wrongFieldsAreRefusedWithTheReason_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("pointer"); // JSON pointer to the field
        QTest::addColumn<QString>("value");   // its new JSON; empty: the field is removed
        QTest::addColumn<QStringList>("reasons");
        int row = 0;
        const auto wrong = [&row](const char *file, const char *pointer, const char *value,
                                  const QStringList &reasons) {
            QTest::addRow("%d %s = %s", row++, pointer, value)
                << QString(file) << QString(pointer) << QString(value) << reasons;
        };
        // Wrong types and ranges.
        wrong(llm, "/hidden_size", "", {"hidden_size is missing", "whole number from 1 to"});
        wrong(llm, "/hidden_size", "-64", {"hidden_size is -64"});
        wrong(llm, "/hidden_size", "0", {"hidden_size is 0"});
        wrong(llm, "/hidden_size", "64.0", {"hidden_size is 64.0", "whole number"});
        wrong(llm, "/hidden_size", "1e300", {"hidden_size is 1e+300"});
        wrong(llm, "/hidden_size", "18446744073709551615", {"hidden_size is 18446744073709551615"});
        wrong(llm, "/hidden_size", "9223372036854775808", {"hidden_size is 9223372036854775808"});
        wrong(llm, "/hidden_size", "4294967360", {"hidden_size is 4294967360"}); // 64 in 32 bits
        wrong(llm, "/hidden_size", "\"64\"", {"hidden_size is \"64\""});
        wrong(llm, "/hidden_size", "null", {"hidden_size is null"});
        wrong(llm, "/hidden_size", "true", {"hidden_size is true"});
        wrong(llm, "/hidden_size", "[64]", {"hidden_size is [64]"});
        wrong(llm, "/num_hidden_layers", "1000000", {"num_hidden_layers is 1000000"});
        wrong(llm, "/num_hidden_layers", "5", {"model.layers.4.input_layernorm.weight", "no tensor"});
        wrong(llm, "/num_hidden_layers", "3", {"model.layers.3", "num_hidden_layers"});
        wrong(llm, "/num_attention_heads", "0", {"num_attention_heads is 0"});
        wrong(llm, "/num_attention_heads", "5", {"not a multiple of num_key_value_heads"});
        wrong(llm, "/num_attention_heads", "12",
              {"hidden_size 64 is not a multiple of num_attention_heads 12"});
        wrong(llm, "/num_key_value_heads", "3", {"num_attention_heads 4", "num_key_value_heads 3"});
        wrong(llm, "/num_key_value_heads", "2", {"k_proj.weight", "[64, 64]", "[32, 64] expected"});
        wrong(llm, "/head_dim", "15", {"head_dim 15 is odd"});
        wrong(llm, "/head_dim", "1000000", {"head_dim is 1000000"});
        wrong(llm, "/head_dim", "32", {"q_proj.weight", "[128, 64] expected"});
        wrong(llm, "/vocab_size", "515", {"embed_tokens.weight", "[516, 64]", "[515, 64] expected"});
        wrong(llm, "/intermediate_size", "161", {"gate_proj.weight", "[161, 64] expected"});
        wrong(llm, "/rms_norm_eps", "", {"rms_norm_eps is missing"});
        wrong(llm, "/rms_norm_eps", "0", {"rms_norm_eps is 0"});
        wrong(llm, "/rms_norm_eps", "-1e-5", {"rms_norm_eps is -1e-05"});
        wrong(llm, "/rms_norm_eps", "\"NaN\"", {"rms_norm_eps is \"NaN\""});
        wrong(llm, "/rope_theta", "0", {"rope_theta is 0"});
        wrong(llm, "/max_position_embeddings", "", {"max_position_embeddings is missing"});
        wrong(llm, "/max_position_embeddings", "2147483648", {"max_position_embeddings is 2147483648"});
        wrong("config.json", "/num_video_frames", "", {"num_video_frames is missing"});
        wrong("config.json", "/num_video_frames", "0", {"num_video_frames is 0"});
        wrong("config.json", "/hidden_size", "65", {"hidden_size is 65", "64"});

        // More than this program can do.
        wrong(llm, "/hidden_act", "\"gelu\"", {"hidden_act is \"gelu\"", "\"silu\" expected"});
        wrong(llm, "/model_type", "\"qwen2\"", {"model_type is \"qwen2\"", "\"llama\""});
        wrong("config.json", "/model_type", "\"llava\"", {"model_type is \"llava\"", "\"vila_u_llama\""});
        wrong(llm, "/attention_bias", "true", {"attention_bias is true", "false expected"});
        wrong(llm, "/mlp_bias", "true", {"mlp_bias is true"});
        wrong(llm, "/attention_bias", "1", {"attention_bias is 1", "true or false"});
        wrong(llm, "/rope_parameters", "{\"rope_type\": \"default\"}", {"rope_parameters"});
        wrong(llm, "/rope_scaling", "{\"type\": \"yarn\", \"factor\": 2}",
              {"rope_scaling", "\"yarn\"", "linear"});
        wrong(llm, "/rope_scaling", "{\"rope_type\": \"dynamic\", \"factor\": 2}", {"\"dynamic\""});
        wrong(llm, "/rope_scaling", "{\"factor\": 2}", {"rope_scaling", "type is missing"});
        wrong(llm, "/rope_scaling", "{\"type\": \"linear\"}", {"rope_scaling", "factor is missing"});
        wrong(llm, "/rope_scaling", "{\"type\": \"linear\", \"factor\": 0}", {"factor is 0"});
        wrong(llm, "/rope_scaling", "{\"type\": \"linear\", \"factor\": \"2\"}", {"factor is \"2\""});
        wrong(llm, "/rope_scaling", "{\"type\": \"linear\", \"rope_type\": \"default\", \"factor\": 2}",
              {"rope_type"});
        wrong(llm, "/rope_scaling", "2", {"rope_scaling is 2", "an object"});
        wrong(projector, "/mm_projector_type", "\"linear\"",
              {"mm_projector_type is \"linear\"", "mlp2x_gelu"});
        wrong(projector, "/mm_projector_type", "", {"mm_projector_type is null", "mlp2x_gelu"});

        // The vision tower.
        wrong(vision, "/rqtransformer", "", {"rqtransformer is missing"});
        wrong(vision, "/rqtransformer", "[]", {"rqtransformer is []", "an object"});
        wrong(vision, "/rqvaesiglip", "null", {"rqvaesiglip is null", "an object"});
        wrong(vision, "/rqtransformer/block_size", "[4, 4]", {"block_size is [4,4]", "array of 3"});
        wrong(vision, "/rqtransformer/block_size", "[4, 4, -4]", {"block_size[2] is -4"});
        wrong(vision, "/rqtransformer/block_size", "[4, 4, 65]", {"block_size", "depth of at most 64"});
        wrong(vision, "/rqtransformer/block_size", "[4, 4, 3]", {"code_shape", "[4,4,3]"});
        wrong(vision, "/rqtransformer/block_size", "[4, 5, 4]", {"code_shape is [4,4,4]", "[4,5,4]"});
        wrong(vision, "/rqvaesiglip/code_shape", "[4, 4, 8]", {"code_shape is [4,4,8]", "[4,4,4]"});
        wrong(vision, "/rqvaesiglip/latent_shape", "[4, 4, 32]", {"latent_shape is [4,4,32]", "[4,4,24]"});
        wrong(vision, "/rqvaesiglip/latent_shape", "[4.5, 4, 24]", {"latent_shape[0] is 4.5"});
        wrong(vision, "/rqvaesiglip/n_embed", "33", {"n_embed is 33", "vocab_size, 32"});
        wrong(vision, "/rqvaesiglip/n_embed", "[32, 32, 32, 16]", {"n_embed", "same number"});
        wrong(vision, "/rqvaesiglip/n_embed", "[32]", {"n_embed is [32]", "array of 4"});
        wrong(vision, "/rqvaesiglip/embed_dim", "25", {"latent_shape"});
        wrong(vision, "/rqvaesiglip/shared_codebook", "\"no\"", {"shared_codebook is \"no\""});
        wrong(vision, "/rqvaesiglip/decoder_latent_shape", "[4]", {"decoder_latent_shape is [4]", "2 to 3"});
        wrong(vision, "/rqvaesiglip/decoder_latent_shape", "[0, 4]", {"decoder_latent_shape[0] is 0"});
        wrong(vision, "/rqvaesiglip/decoder_latent_shape", "[4, 4, 5]",
              {"decoder_latent_shape", "embed_dim, 24"});
        wrong(vision, "/rqvaesiglip/decoder_latent_shape", "[100000, 100000]", {"400000 x 400000 pixels"});
        wrong(vision, "/rqtransformer/input_embed_dim_1", "23", {"embed_dim is 24", "input_embed_dim_1, 23"});
        wrong(vision, "/rqtransformer/input_embed_dim_2", "65", {"input_embed_dim_2 is 65", "64"});
        wrong(vision, "/rqtransformer/vocab_size", "0", {"vocab_size is 0"});
        wrong(vision, "/rqtransformer/head/n_layer", "", {"head", "n_layer is missing"});
        wrong(vision, "/rqtransformer/head/n_layer", "1", {"blocks.1", "n_layer"});
        wrong(vision, "/rqtransformer/head/block/n_head", "5", {"n_head 5 does not divide embed_dim 48"});
        wrong(vision, "/rqtransformer/head/block/gelu", "\"v2\"", {"gelu is \"v2\"", "\"v1\""});
        wrong(vision, "/rqtransformer/head/block/attn_bias", "false", {"attn_bias is false"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch_mult", "[]", {"ch_mult is []"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch_mult", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
              {"ch_mult", "1 to 12"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch_mult", "[1, 2, 1024]",
              {"conv_in.weight", "[32768, 32, 3, 3]"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch_mult", "[1, 2]", {"up.2", "ch_mult"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch", "33", {"ch 33", "multiple of 32"});
        wrong(vision, "/rqvaesiglip/ddconfig/ch", "1048576", {"at most 1048576"});
        wrong(vision, "/rqvaesiglip/ddconfig/num_res_blocks", "-1", {"num_res_blocks is -1"});
        wrong(vision, "/rqvaesiglip/ddconfig/num_res_blocks", "2", {"block.2", "no tensor"});
        wrong(vision, "/rqvaesiglip/ddconfig/num_res_blocks", "0", {"block.1", "num_res_blocks"});
        wrong(vision, "/rqvaesiglip/ddconfig/out_ch", "4", {"out_ch is 4", "3 (red, green, blue)"});
        wrong(vision, "/rqvaesiglip/ddconfig/resolution", "0", {"resolution is 0"});
        wrong(vision, "/rqvaesiglip/ddconfig/resamp_with_conv", "false", {"resamp_with_conv is false"});
        wrong(vision, "/rqvaesiglip/ddconfig/z_channels", "33", {"post_quant_conv.weight", "[33, 24, 1, 1]"});
    }
    void wrongFieldsAreRefusedWithTheReason()
    {
        QFETCH(QString, file);
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QStringList, reasons);
        const CheckpointCopy copy;
        copy.editJson(file, [&](json &config) {
            const json::json_pointer place(pointer.toStdString());
            if (value.isEmpty())
                config[place.parent_pointer()].erase(place.back());
            else
                config[place] = json::parse(value.toStdString());
        });
        const auto opened = copy.open();
        QVERIFY2(!opened.ok(), "it opened");
        // It is the model's fault, not that of who named it: exit status 1, not 2.
        QVERIFY(opened.error().kind != ErrorKind::BadInput);
        const QString message = QString::fromStdString(opened.error().message);
        for (const QString &reason : reasons)
            QVERIFY2(message.contains(reason), qPrintable(message + " lacks: " + reason));
    }

    void textThatIsNoObjectIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray() << "not valid JSON";
        QTest::newRow("cut short") << QByteArray(R"({"hidden_size": 6)") << "not valid JSON";
        QTest::newRow("NaN") << QByteArray(R"({"hidden_size": NaN})") << "not valid JSON";
        QTest::newRow("Infinity") << QByteArray(R"({"rope_theta": Infinity})") << "not valid JSON";
        QTest::newRow("number out of range") << QByteArray(R"({"rope_theta": 1e999})") << "not valid JSON";
        QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}") << "not valid JSON";
        QTest::newRow("array") << QByteArray("[]") << "a JSON object expected";
        QTest::newRow("a key twice") << QByteArray(R"({"hidden_size": 64, "hidden_size": 65})")
                                     << "the key \"hidden_size\" twice";
        QTest::newRow("deep") << QByteArray(R"({"a": )") + QByteArray(1000000, '[') << "nests 1000001 levels";
        QTest::newRow("deep objects") << QByteArray(R"({"a":)").repeated(300) << "nests 300 levels";
    }
    void textThatIsNoObjectIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        for (const char *file : {"config.json", llm, vision, projector}) {
            const CheckpointCopy copy;
            copy.write(file, text);
            const QString message = copy.errorOfOpen();
            QVERIFY2(message.contains(file), qPrintable(message));
            QVERIFY2(message.contains(reason), qPrintable(message));
        }
    }

    void aConfigThatIsNeitherFileNorFieldIsNamed()
    {
        const CheckpointCopy copy;
        copy.remove(llm);
        copy.editJson("config.json", [](json &config) { config["llm_cfg"] = "llm"; });
        const QString message = copy.errorOfOpen();
        QVERIFY2(message.contains("llm/config.json nor an object llm_cfg"), qPrintable(message));
    }

    void errorsInTheRootsCopySayWhereTheyAre()
    {
        const CheckpointCopy copy;
        copy.remove(llm);
        copy.editJson("config.json", [](json &config) { config["llm_cfg"]["hidden_size"] = 0; });
        const QString message = copy.errorOfOpen();
        QVERIFY2(message.contains("config.json: llm_cfg: hidden_size is 0"), qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(TestConfigDamage)
#include "test_config_damage.moc"
