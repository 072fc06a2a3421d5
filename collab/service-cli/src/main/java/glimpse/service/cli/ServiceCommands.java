package glimpse.service.cli;

import glimpse.cli.extension.CommandProvider;
import java.util.List;

/** Adds {@code serve} to the program. */
public final class ServiceCommands implements CommandProvider {
    /** Made by the program. */
    public ServiceCommands() {}

    @Override
    public List<Object> commands() {
        return List.of(new ServeCommand());
    }
}
