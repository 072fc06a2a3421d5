/** Converts published checkpoints to the file that the engine loads; start at {@link glimpse.convert.Conversion}. */
module glimpse.convert {
    requires transitive glimpse.engine;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires static org.jspecify;

    exports glimpse.convert;
    exports glimpse.convert.error;
    exports glimpse.convert.http;
    exports glimpse.convert.hub;
}
