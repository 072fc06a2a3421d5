package glimpse.evaluation.listing;

import glimpse.evaluation.tar.TarEntry;
import glimpse.evaluation.tar.TarException;
import glimpse.evaluation.tar.TarIndex;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The readers of what says which images there are: archives, lists, names with ranges. */
public final class ListingFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public ListingFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("tar", ListingFuzzTargets::tar, TarException.class, DatasetException.class),
                FuzzTarget.of(
                        "image-list",
                        input -> ImageList.read(Scratch.write("list.txt", input)),
                        DatasetException.class),
                FuzzTarget.of("shard-names", ListingFuzzTargets::shardNames, DatasetException.class));
    }

    private static void tar(byte[] input) throws IOException {
        Path file = Scratch.write("input.tar", input);
        for (TarEntry entry : TarIndex.read(file).files()) {
            Texts.requireEqual(true, entry.offset() + entry.bytes() <= input.length);
        }
        TarImages.of(List.of(file), file, true, false);
    }

    /** A path may have every character but one. */
    private static void shardNames(byte[] input) throws DatasetException {
        Path path = Path.of("shards", Texts.of(input).replace('\0', '_'));
        Texts.requireEqual(List.of(path), ShardNames.expand(path)); // there are none, so a pattern is refused
    }
}
