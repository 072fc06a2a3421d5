package glimpse.evaluation.run;

import glimpse.collab.select.SelectedPatches;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Delivery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Uploads of one image, which no earlier evaluation has results of. Uploads with the same content share one request.
 * Immutable.
 */
final class ImageUploads {
    private final List<Sent> all;

    private ImageUploads(List<Sent> all) {
        this.all = List.copyOf(all);
    }

    /**
     * One upload, or one in rounds as far as its last round here.
     *
     * @param upload what it is
     * @param selected its patches, those of earlier rounds included
     * @param request to the server for all of them that arrive, possibly shared with other uploads; empty if none does
     * @param upBytes what the device sends: a file's length isn't the request's, nor is that of a round; 0 if it adds
     *     nothing to the rounds before
     * @param delivery what arrives, if packets can be lost
     */
    record Sent(
            Upload upload,
            SelectedPatches selected,
            Optional<EncodedRequest> request,
            int upBytes,
            Optional<Delivery> delivery) {
        /** Makes an upload of which nothing can be lost. */
        Sent(Upload upload, SelectedPatches selected, Optional<EncodedRequest> request, int upBytes) {
            this(upload, selected, request, upBytes, Optional.empty());
        }
    }

    /**
     * Prepares the uploads of an image.
     *
     * @param encoder the image's
     * @param uploads what to prepare
     */
    static ImageUploads of(UploadEncoder encoder, List<Upload> uploads) {
        return new ImageUploads(uploads.stream().map(encoder::sent).toList());
    }

    /** Returns the requests, each once. */
    Collection<EncodedRequest> requests() {
        return all.stream().flatMap(sent -> sent.request().stream()).distinct().toList();
    }

    /** Returns the uploads, in the order asked for. */
    List<Sent> all() {
        return all;
    }
}
