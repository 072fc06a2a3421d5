package glimpse.evaluation.quality;

import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.List;

/**
 * What was predicted for one image. Immutable.
 *
 * @param image the image's index in the data set
 * @param label the index of its true class
 * @param top the most probable classes, most probable first
 * @param confidence probability of the first of them, 0..1
 */
public record Answer(int image, int label, List<Integer> top, double confidence) {
    /** Copies the classes. */
    public Answer {
        top = List.copyOf(top);
    }

    /** Returns the answer of the edge, or of a model alone. */
    static Answer ofEdge(Evaluated row) {
        return of(row, row.edgeTop(), row.confidence().minEntropyBits());
    }

    /** Returns the server's answer. */
    static Answer ofServer(Evaluated row, ServerResult server) {
        return of(row, server.top(), server.minEntropyBits());
    }

    private static Answer of(Evaluated row, List<Integer> top, double minEntropyBits) {
        // rows hold -log2 of the highest probability; StrictMath, so that tables are the same on every machine
        return new Answer(row.index(), row.label(), top, StrictMath.pow(2, -minEntropyBits));
    }

    int prediction() {
        return top.getFirst();
    }
}
