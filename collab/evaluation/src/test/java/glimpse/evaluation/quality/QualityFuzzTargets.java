package glimpse.evaluation.quality;

import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.listing.DatasetException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.util.List;

/** The readers of what labels may be besides one class per image. */
public final class QualityFuzzTargets implements FuzzTargets {
    private static final int CLASSES = 1000;
    private static final ClassIndex INDEX =
            ClassIndex.of(ClassLabels.ofLines(List.of("n01440764 tench", "n01443537 goldfish", "n00000001 cat")), 3);

    /** Makes the list; called by the service loader. */
    public QualityFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of(
                        "real-labels",
                        input -> RealLabels.read(Scratch.write("real.json", input), CLASSES),
                        DatasetException.class),
                FuzzTarget.of("valid-labels", QualityFuzzTargets::validLabels, DatasetException.class));
    }

    private static void validLabels(byte[] input) throws IOException {
        List<Integer> valid = ValidClasses.read(Scratch.write("valid.txt", input), INDEX);
        Texts.requireEqual(valid.stream().distinct().sorted().toList(), valid);
        Texts.requireEqual(true, valid.getFirst() >= 0 && valid.getLast() < INDEX.classes());
    }
}
