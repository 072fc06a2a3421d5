package glimpse.evaluation.run;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Uploads of one image, which no earlier evaluation has results of. Uploads with the same content share one request.
 * Not thread-safe.
 */
final class ImageUploads {
    private final List<Sent> all;

    private ImageUploads(List<Sent> all) {
        this.all = List.copyOf(all);
    }

    /**
     * One upload.
     *
     * @param upload what it is
     * @param selected its patches
     * @param request to the server, possibly shared with other uploads
     * @param upBytes its length, which for a file isn't the request's
     */
    record Sent(Upload upload, SelectedPatches selected, PendingRequest request, int upBytes) {}

    /** What makes two requests equal: the patches, and how their pixels were encoded. */
    private record Content(List<Integer> positions, String form) {}

    /**
     * Prepares the uploads of an image.
     *
     * @param index the image's index, which identifies the requests
     * @param image all patches of the image
     * @param result the edge's
     * @param name the image's name
     * @param uploads what to prepare
     * @param grid patches along one side
     */
    static ImageUploads of(
            int index, PixelPatches image, EdgeResult result, String name, List<Upload> uploads, int grid) {
        Map<Content, PendingRequest> requests = new HashMap<>();
        List<Sent> all = new ArrayList<>();
        for (Upload upload : uploads) {
            all.add(
                    switch (upload) {
                        case Upload.Patches(SelectionPolicy policy, PayloadCodec codec) -> {
                            EdgeStep step = step(policy, codec);
                            SelectedPatches selected = step.select(result, name);
                            PendingRequest request = requests.computeIfAbsent(
                                    new Content(positions(selected), codec.spec()),
                                    key -> new PendingRequest(step.encode(index, grid, image, selected)));
                            yield new Sent(upload, selected, request, request.bytes().length);
                        }
                        case Upload.WholeFile(FileFormat format) -> {
                            EdgeStep step = step(SelectionPolicy.WHOLE, PayloadCodec.raw());
                            SelectedPatches whole = step.select(result, name);
                            FileFormat.Encoded file = format.encode(image);
                            // the server sees what the file decodes to; only the file's own bytes are counted
                            String form = format.lossless() ? PayloadCodec.raw().spec() : upload.spec();
                            PendingRequest request = requests.computeIfAbsent(
                                    new Content(positions(whole), form),
                                    key -> new PendingRequest(step.encode(index, grid, file.decoded(), whole)));
                            yield new Sent(upload, whole, request, file.bytes());
                        }
                    });
        }
        return new ImageUploads(all);
    }

    /** Offloads every image: gates are applied to the stored rows, so that other gates need no new run. */
    private static EdgeStep step(SelectionPolicy policy, PayloadCodec codec) {
        return new EdgeStep(new OffloadGate.Always(), policy, codec);
    }

    private static List<Integer> positions(SelectedPatches selected) {
        return IntStream.of(selected.positions()).boxed().toList();
    }

    /** Returns the requests, each once. */
    Collection<PendingRequest> requests() {
        return all.stream().map(Sent::request).distinct().toList();
    }

    /** Returns the uploads, in the order asked for. */
    List<Sent> all() {
        return all;
    }
}
