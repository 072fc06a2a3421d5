package glimpse.convert;

import glimpse.convert.hub.DownloadListener;
import glimpse.convert.hub.Hub;
import glimpse.convert.hub.HubReference;
import glimpse.convert.hub.HubSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Models of a hub in the engine's form: fetched by name, converted once, and kept in a folder under the hash of what
 * they were converted from. Thread-safe, and several processes may share the folder.
 */
public final class HubModels {
    /** Changes whenever conversions come out different. */
    private static final String FORM = "glimpse 1";

    private final Hub hub;
    private final Path folder;

    /**
     * Creates the models.
     *
     * @param hub where checkpoints come from
     * @param folder of the converted files; created when it is needed
     */
    public HubModels(Hub hub, Path folder) {
        this.hub = Objects.requireNonNull(hub, "hub");
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Returns the converted file of a model, by default options.
     *
     * @throws glimpse.convert.error.ConvertException if there is no such model, or it can't be converted
     * @throws IOException if the network or a folder fails
     */
    public Path file(HubReference reference, DownloadListener listener) throws IOException {
        HubSnapshot snapshot = hub.fetch(reference, listener);
        Path file = folder.resolve(key(snapshot) + ".safetensors");
        if (!Files.isRegularFile(file)) {
            snapshot.verify();
            listener.remark("converting " + reference + ", once");
            Files.createDirectories(folder);
            Conversion.run(
                    snapshot.source(), file, ConversionOptions.defaults().withOverwrite(true), snapshot.sha256());
        }
        return file;
    }

    private static String key(HubSnapshot snapshot) {
        StringBuilder content = new StringBuilder(FORM);
        snapshot.hashes()
                .forEach((path, hash) ->
                        content.append('\n').append(hash).append(' ').append(path));
        return Digests.sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
