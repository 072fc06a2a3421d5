package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a checkpoint contains, converting it succeeds or throws what {@link Conversion#run} documents. */
class ConversionFuzzTest {
    private static final List<String> PIECES = List.of(
            "blocks",
            "norm1",
            "weight",
            "bias",
            "0",
            "1",
            "00",
            "99999",
            "",
            ".",
            "-1",
            "{n}",
            "vit.",
            "model.",
            "patch_embed.proj.weight",
            "encoder.layer",
            "\u001b[31m",
            "\n",
            "attn",
            "é",
            "blocks.0.norm1.weight");
    private static final List<Long> DIMENSIONS = List.of(0L, 1L, 2L, 3L, 4L, 24L, 25L, 1L << 31);
    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "1e-320",
            "2147483648",
            "123456789012345678901234567890",
            "\"3\"",
            "\"\"",
            "\"\\u0000\"",
            "true",
            "[null]",
            "[1,2,3]",
            "[[]]",
            "{\"height\":0}",
            "[1e39,0,-1]");
    private static final List<String> KEYS = List.of(
            "num_attention_heads",
            "hidden_size",
            "num_features",
            "num_hidden_layers",
            "intermediate_size",
            "patch_size",
            "image_size",
            "layer_norm_eps",
            "hidden_act",
            "architecture",
            "pretrained_cfg",
            "default_cfg",
            "model_args",
            "vision_config",
            "id2label",
            "label_names",
            "mean",
            "std",
            "crop_pct",
            "crop_mode",
            "interpolation");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"timm-plain", "timm-siglip", "hf-vit", "hf-clip", "hf-dinov2-gated"})
    void changedNamesAndShapes(String name) throws IOException {
        Path source = Resources.path(name + "/model.safetensors");
        List<String> names;
        Map<String, List<Long>> shapes = new HashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(source)) {
            names = List.copyOf(file.tensors().keySet());
            file.tensors().forEach((tensor, info) -> shapes.put(tensor, info.shape()));
        }
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 500; i++) {
            int changes = 1 + random.nextInt(3);
            Map<String, String> renamed = new HashMap<>();
            Map<String, List<Long>> reshaped = new HashMap<>(shapes);
            for (int change = 0; change < changes; change++) {
                String tensor = names.get(random.nextInt(names.size()));
                renamed.put(tensor, changed(tensor, random));
                if (random.nextBoolean()) {
                    reshaped.put(tensor, changed(shapes.getOrDefault(tensor, List.of()), random));
                }
            }
            Path file = HeaderOnly.write(
                    folder.resolve("fuzz.safetensors"), names, one -> renamed.getOrDefault(one, one), reshaped);
            assertConvertsOrRefuses(
                    file,
                    random.nextBoolean()
                            ? ConversionOptions.defaults()
                            : ConversionOptions.defaults().withHeads(3));
        }
    }

    @Test
    void changedConfigurations() throws IOException {
        Path source = Files.copy(Resources.path("hf-vit/model.safetensors"), folder.resolve("model.safetensors"));
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < 500; i++) {
            Files.write(folder.resolve("config.json"), encoded(document(random, 0), random));
            Files.write(
                    folder.resolve("preprocessor_config.json"),
                    encoded(
                            random.nextBoolean()
                                    ? "{}"
                                    : "{\"size\":" + value(random) + ",\"crop_size\":" + value(random)
                                            + ",\"resample\":" + value(random) + ",\"image_mean\":" + value(random)
                                            + "}",
                            random));
            assertConvertsOrRefuses(source, ConversionOptions.defaults().withHeads(3));
        }
    }

    @Test
    void oddConfigurations() throws IOException {
        Path source = Files.copy(Resources.path("hf-vit/model.safetensors"), folder.resolve("model.safetensors"));
        for (String text : List.of(
                "",
                " ",
                "null",
                "[]",
                "{",
                "\"x\"",
                "{}{}",
                "[".repeat(100_000),
                "1",
                "{\"a\":1e}",
                "\u0000",
                "{\"hidden_act\":\"" + "x".repeat(1_000_000) + "\"}",
                "{\"a\":" + "9".repeat(100_000) + "}")) {
            Files.writeString(folder.resolve("config.json"), text);
            assertConvertsOrRefuses(source, ConversionOptions.defaults().withHeads(3));
        }
    }

    @Test
    void oddIndexes() throws IOException {
        Files.copy(Resources.path("hf-vit/model.safetensors"), folder.resolve("model.safetensors"));
        Path index = folder.resolve("model.safetensors.index.json");
        for (String text : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"weight_map\":null}",
                "{\"weight_map\":[]}",
                "{\"weight_map\":{\"a\":null}}",
                "{\"weight_map\":{\"a\":1}}",
                "{\"weight_map\":{\"a\":{}}}",
                "{\"weight_map\":{\"a\":\"/etc/passwd\"}}",
                "{\"weight_map\":{\"a\":\"../model.safetensors\"}}",
                "{\"weight_map\":{\"a\":\"..\"}}",
                "{\"weight_map\":{\"a\":\".\"}}",
                "{\"weight_map\":{\"a\":\"\"}}",
                "{\"weight_map\":{\"a\":\"C:x\"}}",
                "{\"weight_map\":{\"a\":\"x\\u0000\"}}",
                "{\"weight_map\":{\"" + "a".repeat(40_000) + "\":\"model.safetensors\"}}",
                "[".repeat(5000))) {
            Files.writeString(index, text);
            ConversionRun run = ConversionRun.of(index, folder.resolve("out"), ConversionOptions.defaults());
            assertThat(run.outcome()).isEmpty();
            assertThat(run.error())
                    .startsWith(folder.toString())
                    .hasSizeLessThan(5000)
                    .matches("\\P{Cntrl}+");
        }
    }

    private void assertConvertsOrRefuses(Path source, ConversionOptions options) {
        assertThatCode(() -> {
                    ConversionRun run = ConversionRun.of(source, folder.resolve("out"), options);
                    if (run.outcome().isEmpty()) {
                        assertThat(run.error())
                                .isNotEmpty()
                                .hasSizeLessThan(5000)
                                .matches("\\P{Cntrl}+");
                    }
                })
                .doesNotThrowAnyException();
    }

    private static String changed(String name, SplittableRandom random) {
        List<String> parts = new ArrayList<>(Arrays.asList(name.split("\\.", -1)));
        int at = random.nextInt(parts.size());
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        switch (random.nextInt(5)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(at, piece);
            case 2 -> parts.set(at, piece);
            case 3 -> parts.set(at, parts.get(at) + piece);
            default -> Collections.swap(parts, at, random.nextInt(parts.size()));
        }
        return String.join(".", parts);
    }

    private static List<Long> changed(List<Long> shape, SplittableRandom random) {
        List<Long> changed = new ArrayList<>(shape);
        long dimension = DIMENSIONS.get(random.nextInt(DIMENSIONS.size()));
        if (changed.isEmpty() || random.nextInt(3) == 0) {
            changed.add(random.nextInt(changed.size() + 1), dimension);
        } else if (random.nextInt(3) == 0) {
            changed.remove(random.nextInt(changed.size()));
        } else {
            changed.set(random.nextInt(changed.size()), dimension);
        }
        return changed;
    }

    private static String document(SplittableRandom random, int depth) {
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String value = depth < 2 && random.nextInt(3) == 0 ? document(random, depth + 1) : value(random);
            json.append(i == 0 ? "" : ",").append('"').append(key).append("\":").append(value);
        }
        return json.append('}').toString();
    }

    private static String value(SplittableRandom random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static byte[] encoded(String text, SplittableRandom random) {
        Charset[] charsets = {
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_32,
            StandardCharsets.ISO_8859_1
        };
        int choice = random.nextInt(20);
        byte[] bytes = text.getBytes(choice < charsets.length ? charsets[choice] : StandardCharsets.UTF_8);
        if (choice == 18 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return choice == 19 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }
}
