package glimpse.bench;

import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Classification of a JPEG: decoding, resampling, normalisation and the forward pass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 700, timeUnit = TimeUnit.MILLISECONDS)
public class EndToEndBenchmark {
    private static final int PATCH_SIZE = 16;

    /** An image of a typical ImageNet size. */
    @State(Scope.Benchmark)
    public static class Photograph {
        private byte[] jpeg;
        private Preprocessing preprocessing;

        /** Draws and encodes the image. */
        @Setup
        public void setUp() throws IOException {
            jpeg = SyntheticJpeg.encode(500, 375, 7);
            preprocessing = Preprocessing.imagenet(224, PATCH_SIZE);
        }

        PatchSequence patches() throws ImageFormatException {
            return preprocessing.apply(RgbImage.decode(jpeg));
        }
    }

    /** A model with random weights. */
    @State(Scope.Benchmark)
    public static class Model {
        /** Model size. */
        @Param({"TINY", "SMALL", "BASE"})
        public DeitSize model;

        /** Threads per forward pass. */
        @Param({"1", "2"})
        public int threads;

        private Workers workers;
        private Session session;

        /** Builds the model. */
        @Setup
        public void setUp() {
            workers = Workers.of(threads);
            session = RandomModel.load(model.config(), workers).newSession();
        }

        /** Stops the threads. */
        @TearDown
        public void tearDown() {
            workers.close();
        }
    }

    /** Decodes and preprocesses the image, without the forward pass. */
    @Benchmark
    public PatchSequence decode(Photograph photograph) throws ImageFormatException {
        return photograph.patches();
    }

    /** Decodes, preprocesses and classifies the image. */
    @Benchmark
    public int classify(Photograph photograph, Model model) throws ImageFormatException {
        float[] logits =
                model.session.forward(photograph.patches(), Capture.none()).logits(0);
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
