/** The commands that need a web server. */
module glimpse.service.cli {
    requires glimpse.cli;
    requires glimpse.evaluation;
    requires glimpse.service;
    requires info.picocli;
    requires java.logging;
    requires java.management;
    requires static org.jspecify;

    provides glimpse.cli.extension.CommandProvider with
            glimpse.service.cli.ServiceCommands;

    opens glimpse.service.cli to
            info.picocli;
}
