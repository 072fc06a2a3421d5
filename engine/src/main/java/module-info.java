/** The Vision Transformer engine: weights and patches in, logits and attention out. */
module glimpse.engine {
    requires jdk.incubator.vector;
    requires jdk.management;
    requires transitive java.desktop;

    exports glimpse.engine;
    exports glimpse.engine.image;
    exports glimpse.engine.weights;
}
