package glimpse.bench.peer;

import ai.onnxruntime.OrtException;
import glimpse.bench.DeitSize;
import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import java.io.IOException;

/** An engine that has loaded a model and one image and is ready to run. */
public sealed interface PeerEngine extends AutoCloseable {
    /** The engines that run in Java. */
    enum Kind {
        /** This engine. */
        GLIMPSE,
        /** ONNX Runtime, by its Java API. */
        ONNX_RUNTIME
    }

    /** Opens an engine with the model of a size. */
    static PeerEngine open(Kind kind, PeerModels models, DeitSize size, int threads) throws IOException {
        return switch (kind) {
            case GLIMPSE -> Glimpse.open(models, size, threads);
            case ONNX_RUNTIME -> OnnxRuntime.open(models, size, threads);
        };
    }

    /** Runs one forward pass and returns the logits. */
    float[] forward();

    @Override
    void close();

    /** This engine. */
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
                throw new IllegalStateException(
                        "ONNX Runtime can't load " + models.onnx(size) + ": " + e.getMessage(), e);
            }
        }

        @Override
        public float[] forward() {
            try {
                return model.forward();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime's forward pass failed: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            try {
                model.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime can't close its session: " + e.getMessage(), e);
            }
        }
    }
}
