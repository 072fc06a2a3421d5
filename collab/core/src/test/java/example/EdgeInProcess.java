package example;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;

/** Edge and server in one process, as README.md shows them. */
final class EdgeInProcess {
    private EdgeInProcess() {}

    public static void main(String[] args) throws IOException {
        try (Workers workers = Workers.ofPhysicalCores()) {
            Classifier tiny = Classifier.load(Path.of("tiny.safetensors"), workers);
            Classifier base = Classifier.load(Path.of("base.safetensors"), workers);
            SelectionPolicy policy = new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f));
            EdgeStep step = new EdgeStep(OffloadGate.minEntropy(0.8), policy, PayloadCodec.raw());
            EdgeNode edge = new EdgeNode(tiny, step, new InProcessChannel(new ServerNode(base)));
            CollaborativeResult result = edge.classify(RgbImage.read(Path.of("dog.jpg")), "dog.jpg");
            System.out.println(result.top());
        }
    }
}
