package glimpse.page;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerDialogue;
import glimpse.engine.VitConfig;
import glimpse.engine.image.ImageFormatException;
import glimpse.page.model.ModelPair;
import glimpse.page.picture.ExaminedPicture;
import glimpse.page.picture.Examiner;
import glimpse.page.picture.PictureCache;
import glimpse.page.view.DecisionView;
import glimpse.page.view.PictureView;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The page that shows collaborative inference on one picture, and what it asks for:
 *
 * <pre>{@code
 * GET  /, /page/...                   the page's files
 * GET  /v1/page                       the models, the defaults, the samples
 * POST /v1/page/pictures              a picture's bytes: what the edge sees, says and would send, and a token
 * POST /v1/page/pictures/TOKEN?...    another selection, rule, gate or codec for the same picture; ask=true asks the server
 * }</pre>
 *
 * <p>The last pictures are kept for some minutes, so that a new selection needs no pass of the edge's model. Errors are
 * JSON: {@code {"error": "one line"}}. Thread-safe: pictures take turns; past a few at once, requests are refused.
 */
public final class Page {
    /** Where the page itself is. */
    public static final String ROOT_PATH = "/";

    /** What the paths of the page's other files begin with. */
    public static final String FILES_PREFIX = "/page/";

    /** Where the page asks which models there are. */
    public static final String INFO_PATH = "/v1/page";

    /** Where the page sends pictures; the path of a picture is below. */
    public static final String PICTURES_PATH = "/v1/page/pictures";

    /** The largest picture, in bytes. */
    public static final int MAX_PICTURE_BYTES = 1 << 24;

    private static final int KEPT_PICTURES = 32;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int CONCURRENT_PICTURES = 4;
    private static final int CONCURRENT_DECISIONS = 16;
    private static final int JPEG_HIGH = 85;
    private static final int JPEG_LOW = 50;
    private static final int GLIMPSE_QUALITY = 50;

    private final Supplier<Optional<ModelPair>> models;
    private final PageSettings settings;
    private final PageFiles files = new PageFiles();
    private final Examiner examiner = new Examiner();
    private final PictureCache pictures = new PictureCache(KEPT_PICTURES, KEPT);
    private final Semaphore pictureTurns = new Semaphore(CONCURRENT_PICTURES);
    private final Semaphore decisionTurns = new Semaphore(CONCURRENT_DECISIONS);
    private final AtomicInteger requestIds = new AtomicInteger();
    private final SecureRandom uploadIds = new SecureRandom(); // nobody else's request joins an upload

    /**
     * Creates a page.
     *
     * @param models the two models at this moment; empty if there are none that suit the page
     * @param settings of whoever serves the page
     */
    public Page(Supplier<Optional<ModelPair>> models, PageSettings settings) {
        this.models = models;
        this.settings = settings;
    }

    /** Serves a request. Waits for models, so not on a thread that mustn't wait. */
    public PageReply handle(PageRequest request) {
        try {
            if (!request.path().startsWith(INFO_PATH)) {
                require(request, "GET");
                return files.find(request.path()).orElseThrow(Page::notFound);
            }
            if (request.path().equals(INFO_PATH)) {
                require(request, "GET");
                return PageReply.json(info());
            }
            if (request.path().equals(PICTURES_PATH)) {
                require(request, "POST");
                return inTurn(pictureTurns, () -> PageReply.json(examine(request)));
            }
            if (request.path().startsWith(PICTURES_PATH + "/")) {
                require(request, "POST");
                return inTurn(decisionTurns, () -> PageReply.json(decide(request)));
            }
            throw notFound();
        } catch (PageException e) {
            return e.reply();
        }
    }

    private static PageException notFound() {
        return new PageException(PageException.NOT_FOUND, "there is nothing here, see " + ROOT_PATH);
    }

    private static void require(PageRequest request, String method) throws PageException {
        if (!request.method().equals(method)) {
            throw new PageException(
                    PageException.METHOD_NOT_ALLOWED, "the method is " + request.method() + ", expected " + method);
        }
    }

    private interface Work {
        PageReply run() throws PageException;
    }

    private static PageReply inTurn(Semaphore turns, Work work) throws PageException {
        if (!turns.tryAcquire()) {
            throw new PageException(PageException.TOO_MANY, "too many pictures at once, try again in a moment");
        }
        try {
            return work.run();
        } finally {
            turns.release();
        }
    }

    private ModelPair pair() throws PageException {
        return models.get()
                .orElseThrow(() -> new PageException(
                        PageException.UNAVAILABLE, "there is no model yet that can show what it looks at"));
    }

    private Map<String, Object> info() throws PageException {
        ModelPair pair = pair();
        VitConfig config = pair.edge().transformer().config();
        EdgeStep step = settings.step();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("edge", pair.edgeName());
        values.put("server", pair.serverName());
        values.put("together", settings.together());
        values.put("classes", config.classes());
        values.put("image_size", config.imageSize());
        values.put("patches", config.patches());
        values.put("max_bytes", MAX_PICTURE_BYTES);
        values.put("select", step.policy().selection().spec());
        step.until().ifPresent(rule -> values.put("until", rule.spec()));
        values.put("gate", step.gate().spec());
        values.put("codec", step.codec().spec());
        values.put("gates", gates());
        values.put("codecs", codecs().stream().map(PayloadCodec::spec).toList());
        values.put("samples", PageFiles.samples(config.channels()));
        settings.classifyPath().ifPresent(path -> values.put("classify", path));
        return values;
    }

    private List<String> gates() {
        Set<String> gates = new LinkedHashSet<>();
        gates.add(settings.step().gate().spec());
        gates.add(OffloadGate.minEntropy(0.8).spec());
        gates.add(OffloadGate.always().spec());
        gates.add(OffloadGate.never().spec());
        return List.copyOf(gates);
    }

    private List<PayloadCodec> codecs() {
        Set<PayloadCodec> codecs = new LinkedHashSet<>();
        codecs.add(settings.step().codec());
        codecs.add(PayloadCodec.raw());
        codecs.add(PayloadCodec.deflate());
        codecs.add(PayloadCodec.jpeg(JPEG_HIGH));
        codecs.add(PayloadCodec.jpeg(JPEG_LOW));
        codecs.add(PayloadCodec.glimpse(GLIMPSE_QUALITY));
        return List.copyOf(codecs);
    }

    private Map<String, Object> examine(PageRequest request) throws PageException {
        PageQuery query = PageQuery.parse(request.query(), settings.step());
        if (request.body().length > MAX_PICTURE_BYTES) {
            throw new PageException(
                    PageException.TOO_LARGE,
                    "the picture has " + request.body().length + " bytes, expected at most " + MAX_PICTURE_BYTES);
        }
        ModelPair pair = pair();
        ExaminedPicture picture;
        try {
            picture = examiner.examine(pair.edge(), pair.pass(), request.body());
        } catch (ChannelException e) {
            int status = e.reason() == FailureReason.OVERLOADED ? PageException.TOO_MANY : PageException.UNAVAILABLE;
            throw new PageException(status, "the edge's model has no time for the picture: " + e.getMessage());
        } catch (ImageFormatException | IllegalArgumentException e) {
            throw new PageException(PageException.BAD_REQUEST, "the picture can't be used: " + e.getMessage());
        }
        String token = pictures.add(picture);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("token", token);
        values.put("edge_model", pair.edgeName());
        values.putAll(PictureView.of(picture, settings.step().policy().score()));
        values.put("decision", decide(picture, query, token));
        return values;
    }

    private Map<String, Object> decide(PageRequest request) throws PageException {
        PageQuery query = PageQuery.parse(request.query(), settings.step());
        String token = request.path().substring(PICTURES_PATH.length() + 1);
        Optional<ExaminedPicture> picture = pictures.find(token);
        if (picture.isEmpty()) {
            throw new PageException(PageException.GONE, "the picture is no longer here, send it again");
        }
        return decide(picture.get(), query, token);
    }

    private Map<String, Object> decide(ExaminedPicture picture, PageQuery query, String token) throws PageException {
        DecisionView decision = new DecisionView(picture, query.step(), token);
        if (!query.ask() || decision.confident()) {
            return decision.values(codecs());
        }
        ModelPair pair = pair();
        ServerDialogue dialogue = new ServerDialogue(
                query.step(),
                picture.edge().transformer().config(),
                pair.server(),
                pair.limit(),
                requestIds::incrementAndGet,
                uploadIds.nextLong(),
                picture.patches());
        return decision.values(codecs(), pair.serverName(), pair.serverLabels(), dialogue.ask(decision.selections()));
    }
}
