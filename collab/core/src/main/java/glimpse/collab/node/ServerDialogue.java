package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.Prediction;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Asks the server about one image: once, or in rounds until the step stops them. Whatever happens after a first
 * prediction, the last one stands. If the server no longer has the earlier patches, all are sent in one request. For
 * one image and one thread.
 */
public final class ServerDialogue {
    private final EdgeStep step;
    private final VitConfig config;
    private final Channel channel;
    private final Optional<Duration> deadline;
    private final IntSupplier requestIds;
    private final long uploadId;

    private final PixelPatches image;
    private final Stopwatch watch;
    private final List<AnsweredRound> answered = new ArrayList<>();
    private Duration encode = Duration.ZERO;
    private Duration exchange = Duration.ZERO;
    private int exchanges; // that the server answered
    private int upBytes;
    private int downBytes;

    /**
     * Begins a dialogue about an image that the edge's model has seen.
     *
     * @param config the edge's model's
     * @param channel leads to the server and takes a limit
     * @param deadline from now on, for all rounds
     * @param requestIds give each request its id
     * @param uploadId of an upload in rounds; nobody else's request may have it
     * @param image all patches
     */
    public ServerDialogue(
            EdgeStep step,
            VitConfig config,
            Channel channel,
            Duration deadline,
            IntSupplier requestIds,
            long uploadId,
            PixelPatches image) {
        this(
                step,
                config,
                channel,
                Optional.of(deadline),
                requestIds,
                uploadId,
                image,
                new Stopwatch(System::nanoTime));
    }

    /**
     * Begins a dialogue.
     *
     * @param config the edge's model's
     * @param deadline from the watch's start
     * @param requestIds give each request its id
     * @param uploadId of an upload in rounds
     * @param image all patches
     * @param watch whose last lap ended with the edge's own pass
     */
    ServerDialogue(
            EdgeStep step,
            VitConfig config,
            Channel channel,
            Optional<Duration> deadline,
            IntSupplier requestIds,
            long uploadId,
            PixelPatches image,
            Stopwatch watch) {
        this.step = step;
        this.config = config;
        this.channel = channel;
        this.deadline = deadline;
        this.requestIds = requestIds;
        this.uploadId = uploadId;
        this.image = image;
        this.watch = watch;
    }

    /**
     * Asks until an answer stands.
     *
     * @param rounds what the server has once each round is sent
     * @return the rounds that it was asked about, at least one; a round that adds no patch isn't among them
     */
    public List<AnsweredRound> ask(List<SelectedPatches> rounds) {
        Optional<PredictionReply> last = Optional.empty();
        SelectedPatches sent = rounds.getFirst();
        for (int round = 0; round < rounds.size(); round++) {
            SelectedPatches wanted = rounds.get(round);
            if (last.isEmpty() || wanted.count() > sent.count()) {
                int bytesBefore = upBytes;
                Duration before = exchange;
                ServerAnswer answer = last.isEmpty() ? first(rounds) : next(sent, wanted, rounds.getLast());
                answered.add(
                        new AnsweredRound(round + 1, wanted, upBytes - bytesBefore, answer, exchange.minus(before)));
                if (!(answer instanceof ServerAnswer.Predicted(PredictionReply reply, int _))) {
                    break;
                }
                last = Optional.of(reply);
                sent = wanted;
            }
            if (step.stops(round + 1, last.orElseThrow().top())) {
                break;
            }
        }
        return List.copyOf(answered);
    }

    /**
     * Asks until an answer stands.
     *
     * @param edge the edge's prediction
     * @param rounds what the server has once each round is sent
     * @param edgeTime of the edge's own pass
     */
    CollaborativeResult ask(Prediction edge, List<SelectedPatches> rounds, Duration edgeTime) {
        List<AnsweredRound> asked = ask(rounds);
        AnsweredRound end = asked.getLast();
        if (end.answer() instanceof ServerAnswer.Predicted(PredictionReply reply, int _)) {
            return offloaded(edge, end.sent(), reply, Optional.empty(), edgeTime);
        }
        ServerAnswer.Failed failure = (ServerAnswer.Failed) end.answer();
        if (asked.size() == 1) {
            return new CollaborativeResult.Fallback(
                    edge, end.sent(), failure.reason(), failure.detail(), times(edgeTime));
        }
        AnsweredRound before = asked.get(asked.size() - 2);
        PredictionReply reply = ((ServerAnswer.Predicted) before.answer()).reply();
        return offloaded(edge, before.sent(), reply, Optional.of(failure), edgeTime);
    }

    private CollaborativeResult offloaded(
            Prediction edge,
            SelectedPatches sent,
            PredictionReply reply,
            Optional<ServerAnswer.Failed> cutShort,
            Duration edgeTime) {
        return new CollaborativeResult.Offloaded(
                edge, sent, reply, exchanges, upBytes, downBytes, cutShort, times(edgeTime));
    }

    private StageTimes times(Duration edgeTime) {
        return new StageTimes(edgeTime, encode, exchange);
    }

    private ServerAnswer first(List<SelectedPatches> rounds) {
        int id = requestIds.getAsInt();
        SelectedPatches selected = rounds.getFirst();
        if (rounds.size() == 1) {
            return exchange(id, step.encode(id, config.grid(), image, selected));
        }
        boolean more = rounds.getLast().count() > selected.count();
        return exchange(id, request(id, 0, more, selected.positions()));
    }

    private ServerAnswer next(SelectedPatches sent, SelectedPatches wanted, SelectedPatches all) {
        boolean more = all.count() > wanted.count();
        int id = requestIds.getAsInt();
        ServerAnswer answer = exchange(id, request(id, sent.count(), more, wanted.positionsBeyond(sent)));
        if (answer instanceof ServerAnswer.Failed failed && failed.reason() == FailureReason.UPLOAD_GONE) {
            int again = requestIds.getAsInt();
            return exchange(again, request(again, 0, more, wanted.positions()));
        }
        return answer;
    }

    private byte[] request(int id, int earlierPatches, boolean more, int[] positions) {
        return step.encode(id, new UploadRound(uploadId, earlierPatches, more), config.grid(), image, positions);
    }

    private ServerAnswer exchange(int id, byte[] request) {
        encode = encode.plus(watch.lap());
        ServerAnswer answer = send(id, request, watch.total());
        exchange = exchange.plus(watch.lap());
        boolean gone = answer instanceof ServerAnswer.Failed failed && failed.reason() == FailureReason.UPLOAD_GONE;
        if (gone || answer instanceof ServerAnswer.Predicted) {
            exchanges++;
            upBytes += request.length;
        }
        downBytes += answer instanceof ServerAnswer.Predicted predicted ? predicted.bytes() : 0;
        return answer;
    }

    private ServerAnswer send(int id, byte[] request, Duration spent) {
        Optional<Duration> left = deadline.map(limit -> limit.minus(spent));
        if (left.isPresent() && !left.get().isPositive()) {
            return new ServerAnswer.Failed(
                    FailureReason.TIMEOUT,
                    "not sent: the deadline of " + deadline.orElseThrow().toMillis() + " ms had passed");
        }
        return ServerAnswer.ask(channel, id, config.classes(), request, left);
    }
}
