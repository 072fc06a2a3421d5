package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Codec 1 of MESSAGE.md: each patch's predictor, then all residuals, as one deflate stream (RFC 1951). */
final class DeflatePayload {
    /** A match of 258 bytes takes at least two bits, so a stream inflates to at most this many times its length. */
    private static final int MAX_EXPANSION = 1032;

    private static final int BUFFER_BYTES = 1 << 14;

    private DeflatePayload() {}

    static void checkLength(PatchGeometry geometry, int payloadBytes) throws MessageException {
        long inflatedBytes = geometry.patches() + geometry.pixelBytes();
        if (inflatedBytes > (long) MAX_EXPANSION * payloadBytes) {
            throw new MessageException(
                    Rule.PAYLOAD_LENGTH,
                    "the payload has " + payloadBytes + " bytes, too few to inflate to " + inflatedBytes);
        }
    }

    static byte[] encode(PatchGeometry geometry, byte[] pixels) {
        PatchPlanes planes = PatchPlanes.of(geometry, pixels);
        byte[] inflated = new byte[geometry.patches() + pixels.length]; // [patches], then [channels][patches][area]
        byte[] trial = new byte[geometry.patchArea()];
        for (int patch = 0; patch < geometry.patches(); patch++) {
            Predictor best = best(planes, geometry, patch, trial);
            inflated[patch] = (byte) best.code();
            for (int c = 0; c < geometry.channels(); c++) {
                planes.residuals(c, patch, best, inflated, residualsOffset(geometry, c, patch));
            }
        }
        return deflate(inflated);
    }

    /** Returns the predictor with the lowest sum of absolute residuals, as PNG encoders do; of equal ones the first. */
    private static Predictor best(PatchPlanes planes, PatchGeometry geometry, int patch, byte[] trial) {
        Predictor best = Predictor.NONE;
        long least = Long.MAX_VALUE;
        for (Predictor predictor : Predictor.values()) {
            long sum = 0;
            for (int c = 0; c < geometry.channels(); c++) {
                planes.residuals(c, patch, predictor, trial, 0);
                for (byte residual : trial) {
                    sum += Math.abs(residual);
                }
            }
            if (sum < least) {
                least = sum;
                best = predictor;
            }
        }
        return best;
    }

    private static int residualsOffset(PatchGeometry geometry, int channel, int patch) {
        return geometry.patches() + (channel * geometry.patches() + patch) * geometry.patchArea();
    }

    private static byte[] deflate(byte[] inflated) {
        byte[] standard = deflate(inflated, Deflater.DEFAULT_STRATEGY);
        byte[] filtered = deflate(inflated, Deflater.FILTERED);
        return filtered.length < standard.length ? filtered : standard;
    }

    private static byte[] deflate(byte[] inflated, int strategy) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setStrategy(strategy);
            deflater.setInput(inflated);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    static byte[] decode(PatchGeometry geometry, byte[] payload) throws MessageException {
        byte[] inflated = inflate(payload, geometry.patches() + (int) geometry.pixelBytes());
        PatchPlanes planes = PatchPlanes.empty(geometry);
        for (int patch = 0; patch < geometry.patches(); patch++) {
            Predictor predictor = predictor(inflated[patch] & 0xff, patch);
            for (int c = 0; c < geometry.channels(); c++) {
                planes.restore(c, patch, predictor, inflated, residualsOffset(geometry, c, patch));
            }
        }
        return planes.pixels();
    }

    private static Predictor predictor(int code, int patch) throws MessageException {
        return Predictor.of(code)
                .orElseThrow(() -> new MessageException(
                        Rule.PAYLOAD, "the predictor of patch " + patch + " is " + code + ", expected 0..5"));
    }

    private static byte[] inflate(byte[] payload, int inflatedBytes) throws MessageException {
        byte[] inflated = new byte[inflatedBytes + 1]; // one more, to detect a stream that is too long
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(payload);
            int count = 0;
            while (!inflater.finished() && count < inflated.length) {
                int more = inflater.inflate(inflated, count, inflated.length - count);
                if (more == 0 && !inflater.finished()) {
                    throw new MessageException(
                            Rule.PAYLOAD,
                            "the deflate stream breaks off after " + count + " bytes, expected " + inflatedBytes);
                }
                count += more;
            }
            if (count != inflatedBytes) {
                throw new MessageException(
                        Rule.PAYLOAD,
                        "the deflate stream holds " + (count > inflatedBytes ? "more than " + inflatedBytes : count)
                                + " bytes, expected " + inflatedBytes);
            }
            if (inflater.getRemaining() > 0) {
                throw new MessageException(
                        Rule.PAYLOAD, inflater.getRemaining() + " bytes follow the deflate stream's end");
            }
            return inflated;
        } catch (DataFormatException e) {
            throw new MessageException(Rule.PAYLOAD, "the deflate stream is corrupt: " + e.getMessage());
        }
    }
}
