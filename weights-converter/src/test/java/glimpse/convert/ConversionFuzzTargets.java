package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.engine.ModelInfo;
import glimpse.engine.weights.SafetensorsException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Whole conversions: of a source's bytes, and of a good source with a strange file beside it. */
public final class ConversionFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public ConversionFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of(
                        "convert", ConversionFuzzTargets::convert, ConvertException.class, SafetensorsException.class),
                FuzzTarget.of(
                        "config", ConversionFuzzTargets::config, ConvertException.class, SafetensorsException.class),
                FuzzTarget.of(
                        "index",
                        ConversionFuzzTargets::index,
                        ConvertException.class,
                        SafetensorsException.class,
                        NoSuchFileException.class),
                FuzzTarget.of(
                        "label-lines",
                        input -> LabelsFile.read(Scratch.write("labels.txt", input), 2),
                        ConvertException.class));
    }

    private static void convert(byte[] input) throws IOException {
        requireLoads(Scratch.write("source", input));
    }

    private static void config(byte[] input) throws IOException {
        Path source = Scratch.file("model.safetensors");
        if (!Files.exists(source)) {
            Files.copy(Resources.path("hf-siglip").resolve("model.safetensors"), source);
        }
        Path config = Scratch.write("config.json", input);
        try {
            requireLoads(source);
        } finally {
            Files.delete(config); // the other targets' sources are in the same folder
        }
    }

    private static void index(byte[] input) throws IOException {
        for (String name : List.of("a", "b")) {
            Path shard = Scratch.file(name + ".safetensors");
            if (!Files.exists(shard)) {
                Files.write(shard, shard(name));
            }
        }
        requireLoads(Scratch.write("model.safetensors.index.json", input));
    }

    /** Returns a file with one tensor of one byte. */
    private static byte[] shard(String tensor) {
        String header = "{\"" + tensor + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
        byte[] file = new byte[Long.BYTES + header.length() + 1];
        file[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, Long.BYTES, header.length());
        return file;
    }

    /** Converts a source; the engine must load what is written. */
    private static void requireLoads(Path source) throws IOException {
        Path target = Scratch.file("converted.safetensors");
        Conversion.run(source, target, ConversionOptions.defaults());
        try {
            ModelInfo.read(target);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("the converted model doesn't load", e);
        }
    }
}
