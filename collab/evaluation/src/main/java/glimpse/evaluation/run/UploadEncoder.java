package glimpse.evaluation.run;

import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.Rounds;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.JpegScans;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.ImageUploads.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Encodes uploads of one image. What the server would see the same of is encoded as one request, whether it arrives in
 * rounds or at once; the bytes that count are those of the messages that a device sends. Not thread-safe.
 */
final class UploadEncoder {
    private static final long ANY_ID = 0; // no id changes a length

    private final int index;
    private final PixelPatches image;
    private final EdgeResult result;
    private final Dataset images;
    private final String name;
    private final int grid;
    private final Map<Upload, Sent> known = new HashMap<>();
    private final Map<Content, EncodedRequest> requests = new HashMap<>();
    private final Map<Integer, JpegScans> files = new HashMap<>(); // by quality
    private final Map<Upload, Round> rounds = new HashMap<>(); // by the upload as far as the round
    private final Map<Upload.Patches, SelectedPatches> selections = new HashMap<>();
    private final ErasedEncoder erased;

    /** What makes two requests equal: the patches, and how their pixels were encoded. */
    private record Content(List<Integer> positions, String form) {}

    /**
     * An upload in rounds as far as one of them.
     *
     * @param seen what the server has decoded of all rounds
     */
    private record Round(Sent sent, PixelPatches seen) {}

    /**
     * Begins an image.
     *
     * @param index the image's index, which identifies the requests
     * @param image all patches of the image
     * @param result the edge's
     * @param images the data set, which has the image's name and what other encoders made of it
     * @param grid patches along one side
     */
    UploadEncoder(int index, PixelPatches image, EdgeResult result, Dataset images, int grid) {
        this.index = index;
        this.image = image;
        this.result = result;
        this.images = images;
        this.name = images.name(index);
        this.grid = grid;
        this.erased = new ErasedEncoder(this, index, image, name, grid);
    }

    /** Encodes an upload, unless it has been encoded already. */
    Sent sent(Upload upload) {
        Sent sent = known.get(upload);
        if (sent == null) {
            sent = encode(upload);
            known.put(upload, sent);
        }
        return sent;
    }

    private Sent encode(Upload upload) {
        return switch (upload) {
            case Upload.Patches patches
            when patches.isInRounds() -> round(patches).sent();
            case Upload.Patches patches -> patches(patches);
            case Upload.WholeFile(FileFormat.Scans(int quality, int scans)) -> scan(upload, quality, scans);
            case Upload.WholeFile(FileFormat format) -> file(upload, format);
            case Upload.Erased lossy -> erased.sent(lossy);
        };
    }

    /** Returns the patches of an upload that isn't in rounds. */
    SelectedPatches selected(Upload.Patches upload) {
        return selections.computeIfAbsent(
                upload, key -> step(key.policy(), key.payloadCodec()).select(result, grid, image, name));
    }

    private Sent patches(Upload.Patches upload) {
        EdgeStep step = step(upload.policy(), upload.payloadCodec());
        SelectedPatches selected = selected(upload);
        EncodedRequest request =
                request(selected, upload.payloadCodec().spec(), () -> step.encode(index, grid, image, selected));
        return new Sent(upload, selected, Optional.of(request), request.bytes().length);
    }

    private Sent file(Upload upload, FileFormat format) {
        EdgeStep step = step(SelectionPolicy.WHOLE, PayloadCodec.raw());
        SelectedPatches whole = step.select(result, grid, image, name);
        FileFormat.Encoded file = switch (format) {
            case FileFormat.Written written -> written.encode(image);
            case FileFormat.EncodedElsewhere elsewhere -> encoded(elsewhere);
        };
        // the server sees what the file decodes to; only the file's own bytes are counted
        String form = format.lossless() ? PayloadCodec.raw().spec() : upload.spec();
        EncodedRequest request = request(whole, form, () -> step.encode(index, grid, file.decoded(), whole));
        return new Sent(upload, whole, Optional.of(request), file.bytes());
    }

    private FileFormat.Encoded encoded(FileFormat.EncodedElsewhere format) {
        return read(format, () -> {
            Dataset.Loaded file = images.encoded(format.name(), index);
            return FileFormat.Encoded.of((int) file.fileBytes().orElseThrow(), file.image(), image);
        });
    }

    /** Returns what the server sees of the first bytes of a file by another encoder; empty if that is nothing. */
    Optional<PixelPatches> beginning(FileFormat.EncodedElsewhere format, int bytes) {
        return read(
                format,
                () -> images.encodedBeginning(format.name(), index, bytes)
                        .map(some -> FileFormat.Encoded.of(bytes, some, image).decoded()));
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(FileFormat.EncodedElsewhere format, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException("" + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(format.spec() + ": " + e.getMessage(), new IOException(e));
        }
    }

    /** The whole image from the scans so far, of which the last one's bytes are new. */
    private Sent scan(Upload upload, int quality, int scans) {
        JpegScans file = files.computeIfAbsent(quality, some -> JpegScans.encode(image, some));
        int known = Math.min(scans, file.scans());
        EdgeStep step = step(SelectionPolicy.WHOLE, PayloadCodec.raw());
        SelectedPatches whole = step.select(result, grid, image, name);
        FileFormat.Encoded seen = file.first(known);
        int before = scans == 1 ? 0 : file.bytes(scans - 1);
        EncodedRequest request = request(
                whole,
                new FileFormat.Scans(quality, known).spec(),
                () -> step.encode(index, grid, seen.decoded(), whole));
        return new Sent(upload, whole, Optional.of(request), seen.bytes() - before);
    }

    private Round round(Upload.Patches upload) {
        Round known = rounds.get(upload);
        if (known == null) {
            Rounds selection = (Rounds) upload.policy().selection();
            int count = selection.selections().size();
            known = count == 1
                    ? first(upload)
                    : next(round((Upload.Patches) upload.rounds().get(count - 2)), upload, selection);
            rounds.put(upload, known);
        }
        return known;
    }

    private Round first(Upload.Patches upload) {
        Sent alone = patches(upload);
        byte[] message = alone.request().orElseThrow().bytes();
        return new Round(
                new Sent(upload, alone.selected(), alone.request(), message.length + UploadRound.BYTES),
                decoded(message));
    }

    private Round next(Round before, Upload.Patches upload, Rounds selection) {
        SelectedPatches earlier = before.sent().selected();
        EdgeStep step = step(upload.policy(), upload.payloadCodec());
        SelectedPatches selected = selection.selectLast(earlier, step.scored(result, grid, image), name);
        if (selected.count() == earlier.count()) {
            return new Round(new Sent(upload, earlier, before.sent().request(), 0), before.seen());
        }
        UploadRound place = new UploadRound(ANY_ID, earlier.count(), true);
        byte[] message = step.encode(index, place, grid, image, selected.positionsBeyond(earlier));
        PixelPatches seen = before.seen().and(decoded(message));
        byte[] atOnce = step.encode(index, grid, image, selected);
        // a lossy codec may make something else of patches that it doesn't see together
        boolean same = Arrays.equals(decoded(atOnce).pixels(), seen.pixels());
        EncodedRequest request = same
                ? request(selected, upload.payloadCodec().spec(), () -> atOnce)
                : request(selected, upload.spec(), () -> raw(seen));
        return new Round(new Sent(upload, selected, Optional.of(request), message.length), seen);
    }

    private byte[] raw(PixelPatches seen) {
        return PatchRequest.of(index, grid, seen, PayloadCodec.raw()).encode();
    }

    /**
     * Returns a request that the server sees these pixels of.
     *
     * @param form what else the pixels depend on, beside the image and the positions
     */
    EncodedRequest request(PixelPatches seen, String form) {
        return request(seen.positions(), form, () -> raw(seen));
    }

    private static PixelPatches decoded(byte[] request) {
        try {
            return ((PatchRequest) Message.parse(request)).decodePatches();
        } catch (MessageException e) {
            throw new IllegalStateException("a request that was encoded here can't be decoded: " + e.getMessage(), e);
        }
    }

    private EncodedRequest request(SelectedPatches selected, String form, Supplier<byte[]> bytes) {
        return request(selected.positions(), form, bytes);
    }

    private EncodedRequest request(int[] kept, String form, Supplier<byte[]> bytes) {
        List<Integer> positions = IntStream.of(kept).boxed().toList();
        return requests.computeIfAbsent(new Content(positions, form), key -> new EncodedRequest(bytes.get()));
    }

    /** Offloads every image: gates are applied to the stored rows, so that other gates need no new run. */
    static EdgeStep step(SelectionPolicy policy, PayloadCodec codec) {
        return new EdgeStep(new OffloadGate.Always(), policy, codec);
    }
}
