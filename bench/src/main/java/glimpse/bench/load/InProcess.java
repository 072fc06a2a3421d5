package glimpse.bench.load;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.RejectedRequestException;
import glimpse.collab.node.RequestReader;
import glimpse.collab.node.ServerRunner;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** The same work as a server's, without one: a request message is decoded and the model runs on it. */
final class InProcess {
    private final Classifier classifier;
    private final byte[] message;

    InProcess(Classifier classifier, byte[] message) {
        this.classifier = classifier;
        this.message = message;
    }

    /** Returns the images per second in batches of a size. */
    double imagesPerSecond(int batch, Duration duration) throws RejectedRequestException {
        ServerRunner runner = new ServerRunner(classifier);
        runner.warmUp();
        List<PatchSequence> images = Collections.nCopies(
                batch, new RequestReader(classifier).read(message).patches());
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < duration.toNanos()) {
            runner.run(images);
            count += batch;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Returns the median time of a lone image's pass in nanoseconds. */
    long medianNanos(Duration duration) throws RejectedRequestException {
        ServerRunner runner = new ServerRunner(classifier);
        runner.warmUp();
        List<PatchSequence> image =
                List.of(new RequestReader(classifier).read(message).patches());
        LoadResult passes = new LoadResult();
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration.toNanos()) {
            long began = System.nanoTime();
            runner.run(image);
            passes.add(0, System.nanoTime() - began);
        }
        return passes.percentile(0, 50);
    }
}
