package glimpse.evaluation.plan;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.network.Erasure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an evaluation computes for each image besides the edge's prediction. Immutable.
 *
 * @param uploads what the server is sent, without duplicates; none if the edge's model is evaluated alone
 * @param serverBaseline whether the server also classifies every whole image
 * @param erasures ways to the server on which packets are lost, without duplicates: each upload is also sent over each
 * @param askedBy the gates that decide whether the server is asked about an image at all; none if it always is
 */
public record EvaluationPlan(
        List<Upload> uploads, boolean serverBaseline, List<Erasure> erasures, List<OffloadGate> askedBy) {
    /** The plan of a model that is evaluated alone: nothing is uploaded. */
    public static final EvaluationPlan MODEL_ALONE = new EvaluationPlan(List.of(), false);

    /**
     * Copies the lists and drops duplicates.
     *
     * @throws IllegalArgumentException if an upload is in a single round, there is a server baseline without uploads,
     *     or gates decide about whole images, of which every one is sent
     */
    public EvaluationPlan {
        uploads = List.copyOf(new LinkedHashSet<>(uploads));
        erasures = List.copyOf(new LinkedHashSet<>(erasures));
        askedBy = List.copyOf(askedBy);
        for (Upload upload : uploads) {
            if (upload.isInRounds() && upload.rounds().size() < 2) {
                throw new IllegalArgumentException(upload.spec() + " has one round, expected at least two");
            }
        }
        if (uploads.isEmpty() && serverBaseline) {
            throw new IllegalArgumentException("a server baseline without uploads, expected at least one");
        }
        if (!askedBy.isEmpty() && (serverBaseline || uploads.stream().anyMatch(Upload.WholeFile.class::isInstance))) {
            throw new IllegalArgumentException("gates decide about whole images, expected that all are sent");
        }
    }

    /** Makes a plan in which the server is asked about every image. */
    public EvaluationPlan(List<Upload> uploads, boolean serverBaseline, List<Erasure> erasures) {
        this(uploads, serverBaseline, erasures, List.of());
    }

    /** Makes a plan in which no packets are lost. */
    public EvaluationPlan(List<Upload> uploads, boolean serverBaseline) {
        this(uploads, serverBaseline, List.of());
    }

    /** Returns a plan of every policy with every codec, and of whole images in every file format. */
    public static EvaluationPlan of(
            List<SelectionPolicy> policies, List<PayloadCodec> codecs, List<FileFormat> files, boolean serverBaseline) {
        List<Upload> uploads = new ArrayList<>();
        for (SelectionPolicy policy : policies) {
            for (PayloadCodec codec : codecs) {
                uploads.add(new Upload.Patches(policy, codec));
            }
        }
        files.forEach(format -> uploads.add(new Upload.WholeFile(format)));
        return new EvaluationPlan(uploads, serverBaseline);
    }

    /** Returns the plan with other erasures. */
    public EvaluationPlan with(List<Erasure> others) {
        return new EvaluationPlan(uploads, serverBaseline, others, askedBy);
    }

    /** Returns the plan in which the server is asked only about images that one of the gates offloads. */
    public EvaluationPlan onlyOffloadedBy(List<OffloadGate> gates) {
        return new EvaluationPlan(uploads, serverBaseline, erasures, gates);
    }

    /** Returns whether the server is asked about an image of which the edge is as sure as this. */
    public boolean asks(Confidence edge) {
        return askedBy.isEmpty() || !askedBy.stream().allMatch(gate -> gate.confident(edge));
    }

    /** Returns the uploads whose packets may be lost: each upload, but those in rounds, with each erasure. */
    public List<Upload.Erased> erased() {
        return uploads.stream()
                .filter(upload -> !upload.isInRounds())
                .flatMap(upload -> erasures.stream().map(erasure -> new Upload.Erased(upload, erasure)))
                .toList();
    }

    /**
     * Returns everything that the server classifies: the uploads, those in rounds as far as each round, those of which
     * packets are lost and, for the baseline, the whole image.
     */
    public List<Upload> allUploads() {
        Set<Upload> all = new LinkedHashSet<>();
        uploads.forEach(upload -> all.addAll(upload.rounds()));
        all.addAll(erased());
        if (serverBaseline) {
            all.add(Upload.WHOLE);
        }
        return List.copyOf(all);
    }

    /**
     * Returns the index of an upload, of one in rounds that of its last round, among {@link #allUploads}; -1 if the
     * plan doesn't have it.
     */
    public int indexOf(Upload upload) {
        return allUploads().indexOf(upload);
    }

    /** Returns the policies that the edge's pass serves. */
    public Set<SelectionPolicy> policies() {
        Set<SelectionPolicy> policies = new LinkedHashSet<>();
        allUploads().forEach(upload -> policies.add(policy(upload)));
        return policies;
    }

    private static SelectionPolicy policy(Upload upload) {
        return switch (upload) {
            case Upload.Patches patches -> patches.policy();
            case Upload.WholeFile _ -> SelectionPolicy.WHOLE;
            case Upload.Erased erased -> policy(erased.sent());
        };
    }
}
