package glimpse.service.http;

import glimpse.engine.VitConfig;
import glimpse.page.model.ModelPair;
import glimpse.service.model.ModelChannel;
import glimpse.service.model.ModelStore;
import glimpse.service.model.QueuedEdgePass;
import glimpse.service.model.ServedModel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pair of a server's models that the page shows: as the edge's the named or the smallest one, as the server's the
 * largest one that takes the same patches and knows as many classes, possibly the same. Follows reloads.
 */
public final class PageModels implements Supplier<Optional<ModelPair>> {
    private static final Comparator<ServedModel> BY_WORK = Comparator.comparingLong(PageModels::multiplyAdds);

    private final ModelStore models;
    private final Optional<String> edge;
    private final Duration limit;

    /**
     * Creates the pair.
     *
     * @param edge the name of the edge's model; empty for the smallest
     * @param limit the longest wait for the server's model
     */
    public PageModels(ModelStore models, Optional<String> edge, Duration limit) {
        this.models = models;
        this.edge = edge;
        this.limit = limit;
    }

    @Override
    public Optional<ModelPair> get() {
        return models.all().stream()
                .filter(model -> edge.isEmpty() || edge.get().equals(model.name()))
                .filter(model -> ModelPair.canBeEdge(model.classifier()))
                .min(BY_WORK)
                .map(this::pair);
    }

    private ModelPair pair(ServedModel small) {
        ServedModel large = models.all().stream()
                .filter(model -> fits(config(small), config(model)))
                .max(BY_WORK)
                .orElse(small);
        return new ModelPair(
                small.name(),
                small.classifier(),
                new QueuedEdgePass(small, limit),
                large.name(),
                large.classifier().transformer().labels(),
                new ModelChannel(large),
                limit);
    }

    private static boolean fits(VitConfig edge, VitConfig server) {
        return edge.grid() == server.grid()
                && edge.patchSize() == server.patchSize()
                && edge.channels() == server.channels()
                && edge.classes() == server.classes();
    }

    private static VitConfig config(ServedModel model) {
        return model.classifier().transformer().config();
    }

    private static long multiplyAdds(ServedModel model) {
        return config(model).multiplyAdds(config(model).patches());
    }
}
