package glimpse.service.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.BodyBudget;
import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Decompresses messages and counts what they expand to as the bodies of requests are counted. Thread-safe. */
final class CountedDecompressor implements Decompressor {
    private final String encoding;
    private final Format format;

    /** Begins to decompress. */
    interface Format {
        InputStream open(InputStream compressed) throws IOException;
    }

    private CountedDecompressor(String encoding, Format format) {
        this.encoding = encoding;
        this.format = format;
    }

    /** Returns what a server takes: gzip and deflate, as gRPC's own libraries do. */
    static DecompressorRegistry registry() {
        return DecompressorRegistry.emptyInstance()
                .with(Codec.Identity.NONE, false)
                .with(new CountedDecompressor("gzip", GZIPInputStream::new), true)
                .with(new CountedDecompressor("deflate", InflaterInputStream::new), true);
    }

    @Override
    public String getMessageEncoding() {
        return encoding;
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
        ServiceRequestContext context = ServiceRequestContext.currentOrNull();
        if (context == null) { // a message that isn't counted isn't taken
            compressed.close();
            throw new IllegalStateException("a message comes outside of its call");
        }
        return new CountedMessage(encoding, format, compressed, BodyBudget.memory(context));
    }
}
