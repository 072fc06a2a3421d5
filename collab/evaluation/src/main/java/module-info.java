/** Evaluates collaborative inference on data sets: accuracy against communication. */
module glimpse.evaluation {
    requires transitive glimpse.collab;
    requires com.fasterxml.jackson.databind;
    requires com.twelvemonkeys.imageio.webp;
    requires java.desktop;
    requires static org.jspecify;

    exports glimpse.evaluation.calibration;
    exports glimpse.evaluation.classes;
    exports glimpse.evaluation.data;
    exports glimpse.evaluation.erasure;
    exports glimpse.evaluation.front;
    exports glimpse.evaluation.gallery;
    exports glimpse.evaluation.io;
    exports glimpse.evaluation.listing;
    exports glimpse.evaluation.metrics;
    exports glimpse.evaluation.network;
    exports glimpse.evaluation.overlay;
    exports glimpse.evaluation.paper;
    exports glimpse.evaluation.plan;
    exports glimpse.evaluation.quality;
    exports glimpse.evaluation.report;
    exports glimpse.evaluation.rows;
    exports glimpse.evaluation.run;
    exports glimpse.evaluation.table;
}
