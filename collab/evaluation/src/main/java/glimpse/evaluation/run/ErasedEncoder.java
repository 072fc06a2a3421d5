package glimpse.evaluation.run;

import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PacketPlace;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.packet.PacketJoin;
import glimpse.collab.codec.packet.PacketSplit;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.FileBeginning;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Delivery;
import glimpse.evaluation.run.ImageUploads.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends uploads of one image in packets and loses some: of patches the server sees what arrives, of a file what comes
 * before the first packet that doesn't, as far as that can be decoded. Not thread-safe.
 */
final class ErasedEncoder {
    /** A packet of a file begins like one of patches: it needs the same to be put in its place. */
    private static final int FILE_PACKET_HEADER_BYTES = Message.HEADER_BYTES + PacketPlace.BYTES;

    private final UploadEncoder uploads;
    private final int index;
    private final PixelPatches image;
    private final String name;
    private final int grid;
    private final Map<Packets, List<byte[]>> packets = new HashMap<>();
    private final Map<FileFormat, Optional<FileBeginning>> files = new HashMap<>();

    /** What packets depend on. */
    private record Packets(Upload.Patches upload, int mostBytes) {}

    ErasedEncoder(UploadEncoder uploads, int index, PixelPatches image, String name, int grid) {
        this.uploads = uploads;
        this.index = index;
        this.image = image;
        this.name = name;
        this.grid = grid;
    }

    Sent sent(Upload.Erased upload) {
        return switch (upload.sent()) {
            case Upload.Patches patches -> patches(upload, patches);
            case Upload.WholeFile(FileFormat format) -> file(upload, format);
            case Upload.Erased _ -> throw new IllegalStateException(upload.spec());
        };
    }

    private Sent patches(Upload.Erased upload, Upload.Patches patches) {
        PayloadCodec codec = patches.payloadCodec();
        SelectedPatches selected = uploads.selected(patches);
        int mostBytes = upload.erasure().payloadBytes();
        List<byte[]> all = packets.computeIfAbsent(
                new Packets(patches, mostBytes),
                key -> UploadEncoder.step(patches.policy(), codec)
                        .packets(index, grid, image, selected, PacketSplit.of(mostBytes)));
        boolean[] lost = upload.erasure().lost(name, all.size());
        int upBytes = all.size() * Erasure.HEADER_BYTES
                + all.stream().mapToInt(packet -> packet.length).sum();
        PacketJoin join = new PacketJoin(grid, image.patchSize(), image.channels());
        try {
            for (int i = 0; i < lost.length; i++) {
                if (!lost[i]) {
                    join.add(all.get(i));
                }
            }
            PixelPatches seen = join.patches();
            // pixels that a lossy codec restores depend on what else is in their packet
            String form = codec.lossy() ? patches.spec() + "/" + mostBytes : codec.spec();
            Optional<EncodedRequest> request =
                    join.packets() == 0 ? Optional.empty() : Optional.of(uploads.request(seen, form));
            Delivery delivery = new Delivery(all.size(), all.size() - join.packets(), seen.patches());
            return new Sent(upload, selected, request, upBytes, Optional.of(delivery));
        } catch (MessageException e) {
            throw new IllegalStateException("a packet that was encoded here can't be decoded: " + e.getMessage(), e);
        }
    }

    private Sent file(Upload.Erased upload, FileFormat format) {
        Sent complete = uploads.sent(upload.sent());
        int payloadBytes = upload.erasure().payloadBytes() - FILE_PACKET_HEADER_BYTES;
        int count = Math.ceilDiv(complete.upBytes(), payloadBytes);
        boolean[] lost = upload.erasure().lost(name, count);
        int lostPackets = 0;
        int first = count; // of those that are lost
        for (int i = count - 1; i >= 0; i--) {
            if (lost[i]) {
                lostPackets++;
                first = i;
            }
        }
        Optional<EncodedRequest> request =
                first == count ? complete.request() : beginning(upload, format, first * payloadBytes);
        int upBytes = complete.upBytes() + count * (Erasure.HEADER_BYTES + FILE_PACKET_HEADER_BYTES);
        Delivery delivery = new Delivery(count, lostPackets, request.isPresent() ? image.patches() : 0);
        return new Sent(upload, complete.selected(), request, upBytes, Optional.of(delivery));
    }

    private Optional<EncodedRequest> beginning(Upload.Erased upload, FileFormat format, int bytes) {
        Optional<PixelPatches> decoded = format instanceof FileFormat.EncodedElsewhere elsewhere
                ? uploads.beginning(elsewhere, bytes)
                : files.computeIfAbsent(format, key -> FileBeginning.of(key, image))
                        .flatMap(file -> file.decoded(bytes));
        return decoded.map(seen -> uploads.request(seen, upload.sent().spec() + "/" + bytes));
    }
}
