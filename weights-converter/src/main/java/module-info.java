/** Reads checkpoints as they are published and writes the engine's own file. */
module glimpse.convert {
    requires transitive glimpse.engine;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports glimpse.convert;
    exports glimpse.convert.error;
}
