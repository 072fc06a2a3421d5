/** The page that shows collaborative inference on one picture. */
module glimpse.page {
    requires transitive glimpse.collab;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports glimpse.page;
    exports glimpse.page.model;
}
