package glimpse.bench.load;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.RejectedRequestException;
import glimpse.collab.node.RequestReader;
import glimpse.collab.node.ServerRunner;
import glimpse.engine.PatchSequence;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** A server's work without a server: the model runs on the patches of a request message. */
final class InProcess {
    private final ServerRunner runner;
    private final PatchSequence image;

    InProcess(Classifier classifier, byte[] message) throws RejectedRequestException {
        runner = new ServerRunner(classifier);
        runner.warmUp();
        image = new RequestReader(classifier).read(message).input().sequence();
    }

    /** Returns the images per second in batches of a size. */
    double imagesPerSecond(int batch, Duration duration) {
        List<PatchSequence> images = Collections.nCopies(batch, image);
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < duration.toNanos()) {
            runner.run(images);
            count += batch;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Returns the median time of a lone image's pass in nanoseconds. */
    long medianNanos(Duration duration) {
        LoadResult passes = new LoadResult();
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration.toNanos()) {
            long began = System.nanoTime();
            runner.run(List.of(image));
            passes.add(0, System.nanoTime() - began);
        }
        return passes.percentile(0, 50);
    }
}
