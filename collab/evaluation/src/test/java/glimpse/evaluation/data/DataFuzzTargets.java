package glimpse.evaluation.data;

import glimpse.engine.ClassLabels;
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
import java.util.Optional;

/** The readers of data sets: arrays, labels, archives. */
public final class DataFuzzTargets implements FuzzTargets {
    private static final ClassIndex CLASSES =
            ClassIndex.of(ClassLabels.ofLines(List.of("n01440764 tench", "n01443537 goldfish", "n00000001 cat")), 3);

    /** Makes the list; called by the service loader. */
    public DataFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("idx", DataFuzzTargets::idx, DatasetException.class),
                FuzzTarget.of(
                        "labels",
                        input -> ImageLabels.read(Scratch.write("labels.txt", input), CLASSES, Optional.empty()),
                        DatasetException.class),
                FuzzTarget.of("tar", DataFuzzTargets::tar, TarException.class, DatasetException.class),
                FuzzTarget.of(
                        "image-list",
                        input -> ImageList.read(Scratch.write("list.txt", input)),
                        DatasetException.class),
                FuzzTarget.of("devkit-classes", DataFuzzTargets::devkit, DatasetException.class),
                FuzzTarget.of("class-index", DataFuzzTargets::classIndex, IllegalArgumentException.class),
                FuzzTarget.of("shard-names", DataFuzzTargets::shardNames, DatasetException.class),
                FuzzTarget.of("parquet-classes", DataFuzzTargets::parquetClasses, DatasetException.class));
    }

    private static void idx(byte[] input) throws DatasetException {
        int dimensions = input.length > 3 && input[3] == 1 ? 1 : 3;
        IdxArray array = IdxArray.parse("input", input, dimensions);
        Texts.requireEqual(array.shape().stream().reduce(1, Math::multiplyExact), array.values().length);
    }

    private static void tar(byte[] input) throws IOException {
        Path file = Scratch.write("input.tar", input);
        for (TarEntry entry : TarIndex.read(file).files()) {
            Texts.requireEqual(true, entry.offset() + entry.bytes() <= input.length);
        }
        TarImages.of(List.of(file), file, true);
    }

    private static void devkit(byte[] input) throws DatasetException {
        DevkitClasses devkit = DevkitClasses.parse("input", input);
        ClassIndex inOrder = ClassIndex.of(
                ClassLabels.none(), Math.max(1, devkit.wordNetIds().size()));
        for (int id : devkit.wordNetIds().keySet()) {
            Texts.requireEqual(true, devkit.index(id, inOrder) < inOrder.classes());
        }
    }

    /** A path may have every character but one. */
    private static void shardNames(byte[] input) throws DatasetException {
        Path path = Path.of("shards", Texts.of(input).replace('\0', '_'));
        Texts.requireEqual(List.of(path), ShardNames.expand(path)); // there are none, so a pattern is refused
    }

    /** What a Parquet file's metadata says about the names of its classes. */
    private static void parquetClasses(byte[] input) throws DatasetException {
        ParquetClasses classes = ParquetClasses.of(Texts.of(input), CLASSES);
        for (int label = 0; label < CLASSES.classes(); label++) {
            Texts.requireEqual(true, classes.index(label) < CLASSES.classes());
        }
    }

    private static void classIndex(byte[] input) {
        List<String> lines = Texts.of(input).lines().toList();
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(lines), lines.size());
        for (int i = 0; i < classes.classes(); i++) {
            int index = i;
            classes.wnid(i).ifPresent(wnid -> {
                int found = classes.find(wnid).orElse(index); // several classes may share an id
                Texts.requireEqual(wnid, classes.wnid(found).orElse(""));
            });
            classes.find(classes.name(i));
        }
        Texts.requireEqual(false, classes.hint().isEmpty());
    }
}
