package glimpse.convert.hub;

import glimpse.convert.error.ConvertException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The readers of what names a hub and its models, and of a hub's list of files. */
public final class HubFuzzTargets implements FuzzTargets {
    private static final HubReference REFERENCE = new HubReference("owner", "name", "main", Optional.empty());

    /** Makes the list; called by the service loader. */
    public HubFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("hub-reference", HubFuzzTargets::reference, ConvertException.class),
                FuzzTarget.of("hub-listing", HubFuzzTargets::listing, ConvertException.class),
                FuzzTarget.of("hub-settings", HubFuzzTargets::settings, ConvertException.class));
    }

    private static void reference(byte[] input) throws ConvertException {
        HubReference reference = HubReference.parse(Texts.of(input));
        Texts.requireEqual(reference, HubReference.parse(reference.toString()));
    }

    /** No path of a list leads out of the folder it is resolved against. */
    private static void listing(byte[] input) throws ConvertException {
        Repository.Listing listing = Repository.listing(REFERENCE, input);
        Path folder = Path.of("folder");
        for (String file : listing.files()) {
            Path path = folder.resolve(file);
            Texts.requireEqual(path, path.normalize());
            Texts.requireEqual(true, path.startsWith(folder));
        }
    }

    /** A hub's address, and on the next line a token. */
    private static void settings(byte[] input) throws IOException {
        String[] lines = Texts.of(input).split("\n", 2);
        HubSettings.of(
                Map.of("HF_ENDPOINT", lines[0], "HF_TOKEN", lines[lines.length - 1], "HF_HOME", "nowhere"),
                Path.of("nowhere"));
    }
}
