package glimpse.cli.edge;

import glimpse.cli.error.UsageException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The readers of what an edge finds in its folders: its own record, and images that may not be complete. */
public final class EdgeFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public EdgeFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("answers", EdgeFuzzTargets::answers, UsageException.class),
                FuzzTarget.of("complete-image", input -> CompleteImage.is(Scratch.write("arriving", input))));
    }

    private static void answers(byte[] input) throws IOException {
        Path path = Scratch.write("answers.jsonl", input);
        List<ImageVersion> earlier;
        try (AnswerFile file = AnswerFile.open(path)) {
            earlier = file.earlier();
        }
        try (AnswerFile again = AnswerFile.open(path)) { // without what has been cut off
            Texts.requireEqual(earlier, again.earlier());
        }
    }
}
