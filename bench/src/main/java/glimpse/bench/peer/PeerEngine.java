package glimpse.bench.peer;

import ai.onnxruntime.OrtException;
import glimpse.bench.DeitSize;
import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import java.io.IOException;

/** An engine with its model and one image, ready to run. */
public sealed interface PeerEngine extends AutoCloseable {
    /** Which engine. */
    enum Kind {
        /** This project. */
        GLIMPSE,
        /** ONNX Runtime, by its Java interface. */
        ONNX_RUNTIME
    }

    /** Opens an engine with one of the files. */
    static PeerEngine open(Kind kind, PeerModels models, DeitSize size, int threads) throws IOException {
        return switch (kind) {
            case GLIMPSE -> Glimpse.open(models, size, threads);
            case ONNX_RUNTIME -> OnnxRuntime.open(models, size, threads);
        };
    }

    /** One forward pass; returns the logits. */
    float[] forward();

    @Override
    void close();

    /** This project. */
    record Glimpse(Workers workers, Session session, PatchSequence input) implements PeerEngine {
        static Glimpse open(PeerModels models, DeitSize size, int threads) throws IOException {
            Workers workers = Workers.of(threads);
            Session session =
                    VisionTransformer.load(models.model(size), workers).newSession();
            return new Glimpse(workers, session, PeerModels.input(size));
        }

        @Override
        public float[] forward() {
            return session.forward(input, Capture.readoutRow()).logits(0);
        }

        @Override
        public void close() {
            workers.close();
        }
    }

    /** ONNX Runtime. */
    record OnnxRuntime(OnnxRuntimeModel model) implements PeerEngine {
        static OnnxRuntime open(PeerModels models, DeitSize size, int threads) {
            try {
                return new OnnxRuntime(
                        new OnnxRuntimeModel(models.onnx(size), threads, size.config(), PeerModels.input(size)));
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime can't load " + models.onnx(size), e);
            }
        }

        @Override
        public float[] forward() {
            try {
                return model.forward();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime failed", e);
            }
        }

        @Override
        public void close() {
            try {
                model.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime failed to close", e);
            }
        }
    }
}
