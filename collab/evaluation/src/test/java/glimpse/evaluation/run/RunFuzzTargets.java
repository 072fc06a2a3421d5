package glimpse.evaluation.run;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.Upload;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The readers of what an interrupted run has left. */
public final class RunFuzzTargets implements FuzzTargets {
    private static final ImageResultFormat FORMAT = new ImageResultFormat(List.of(Upload.parse("mean/sum:0.5/raw")));

    /** Makes the list; called by the service loader. */
    public RunFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("rows", RunFuzzTargets::rows), FuzzTarget.of("run-json", RunFuzzTargets::runJson));
    }

    private static void rows(byte[] input) throws IOException {
        Path path = Scratch.write("images.csv", input);
        List<ImageResult> rows;
        try (ImageResultFile file = ImageResultFile.open(path, FORMAT, new Pictures())) {
            rows = file.rows();
        }
        for (ImageResult row : rows) {
            if (row instanceof ImageResult.Evaluated evaluated) {
                Texts.requireEqual(true, evaluated.fileBytes().orElse(0) >= 0);
                evaluated.serverResults().forEach(result -> Texts.requireEqual(true, result.upBytes() >= 0));
            }
        }
        try (ImageResultFile file = ImageResultFile.open(path, FORMAT, new Pictures())) {
            Texts.requireEqual(rows, file.rows());
        }
    }

    private static void runJson(byte[] input) {
        Fingerprint.ofJson(Texts.of(input)).ifPresent(read -> {
            Texts.requireEqual(read, Fingerprint.ofJson(read.toJson()).orElseThrow());
            read.differences(read);
        });
    }

    /** The images of the rows in the corpus. */
    private record Pictures() implements Dataset {
        private static final List<String> NAMES = List.of("a.png", "b,\"c\".png", "c.png");
        private static final List<Integer> LABELS = List.of(1, 0, 2);

        @Override
        public int size() {
            return NAMES.size();
        }

        @Override
        public String name(int index) {
            return NAMES.get(index);
        }

        @Override
        public int label(int index) {
            return LABELS.get(index);
        }

        @Override
        public OptionalLong fileBytes(int index) {
            return OptionalLong.empty();
        }

        @Override
        public RgbImage read(int index) {
            throw new UnsupportedOperationException("rows need no pictures");
        }
    }
}
