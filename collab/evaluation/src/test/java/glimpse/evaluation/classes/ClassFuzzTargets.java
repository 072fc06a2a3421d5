package glimpse.evaluation.classes;

import glimpse.engine.ClassLabels;
import glimpse.evaluation.listing.DatasetException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.util.List;
import java.util.Optional;

/** The readers of labels, and of what says which classes there are. */
public final class ClassFuzzTargets implements FuzzTargets {
    private static final ClassIndex CLASSES =
            ClassIndex.of(ClassLabels.ofLines(List.of("n01440764 tench", "n01443537 goldfish", "n00000001 cat")), 3);

    /** Makes the list; called by the service loader. */
    public ClassFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of(
                        "labels",
                        input -> ImageLabels.read(Scratch.write("labels.txt", input), CLASSES, Optional.empty()),
                        DatasetException.class),
                FuzzTarget.of("devkit-classes", ClassFuzzTargets::devkit, DatasetException.class),
                FuzzTarget.of("class-index", ClassFuzzTargets::classIndex, IllegalArgumentException.class),
                FuzzTarget.of("parquet-classes", ClassFuzzTargets::parquetClasses, DatasetException.class));
    }

    private static void devkit(byte[] input) throws DatasetException {
        DevkitClasses devkit = DevkitClasses.parse("input", input);
        ClassIndex inOrder = ClassIndex.of(
                ClassLabels.none(), Math.max(1, devkit.wordNetIds().size()));
        for (int id : devkit.wordNetIds().keySet()) {
            Texts.requireEqual(true, devkit.index(id, inOrder) < inOrder.classes());
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

    /** What a Parquet file's metadata says about the names of its classes. */
    private static void parquetClasses(byte[] input) throws DatasetException {
        ParquetClasses classes = ParquetClasses.of(Texts.of(input), CLASSES);
        for (int label = 0; label < CLASSES.classes(); label++) {
            Texts.requireEqual(true, classes.index(label) < CLASSES.classes());
        }
    }
}
