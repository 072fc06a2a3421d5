package glimpse.convert.hub;

import glimpse.convert.http.Proxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A process that fetches a model, to be killed. */
final class HubChild {
    private HubChild() {}

    public static void main(String[] arguments) throws IOException {
        HubSettings settings = new HubSettings(
                URI.create(arguments[0]), Path.of(arguments[1]), Optional.empty(), false, Proxies.none());
        new Hub(settings).fetch(HubReference.parse("hf:owner/model"), new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long totalBytes) {}

            @Override
            public void remark(String line) {}
        });
    }
}
