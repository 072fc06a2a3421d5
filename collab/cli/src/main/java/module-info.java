/** The command line. */
@SuppressWarnings("module") // glimpse.service.cli is built after this one
module glimpse.cli {
    requires glimpse.convert;
    requires glimpse.evaluation;
    requires glimpse.page;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.desktop;
    requires jdk.httpserver;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    uses glimpse.cli.extension.CommandProvider;

    exports glimpse.cli.error to
            glimpse.service.cli;
    exports glimpse.cli.extension to
            glimpse.service.cli;
    exports glimpse.cli.file to
            glimpse.service.cli;
    exports glimpse.cli.model to
            glimpse.service.cli;
    exports glimpse.cli.option to
            glimpse.service.cli;

    opens glimpse.cli to
            info.picocli;
    opens glimpse.cli.command to
            info.picocli;
    opens glimpse.cli.front to
            info.picocli;
    opens glimpse.cli.input to
            info.picocli;
    opens glimpse.cli.model to
            info.picocli;
    opens glimpse.cli.option to
            info.picocli;
    opens glimpse.cli.run to
            info.picocli;
}
