package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.engine.VitConfig;
import glimpse.service.model.ModelStore;
import glimpse.service.model.ServedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /v1/models}: the models that are loaded, as JSON. */
public final class ModelsService implements HttpService {
    /** Where this service is bound. */
    public static final String PATH = "/v1/models";

    private final ModelStore models;

    /** Creates the service. */
    public ModelsService(ModelStore models) {
        this.models = models;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
                HttpStatus.OK,
                MediaType.JSON_UTF_8,
                Json.write(models.all().stream().map(ModelsService::describe).toList()) + "\n");
    }

    private static Map<String, Object> describe(ServedModel model) {
        VitConfig config = model.classifier().transformer().config();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", model.name());
        values.put("sha256", model.sha256());
        values.put("classes", config.classes());
        values.put("grid", config.grid());
        values.put("patch_size", config.patchSize());
        values.put("channels", config.channels());
        return values;
    }
}
