package glimpse.engine;

import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A Vision Transformer to read in one sitting (arXiv 2010.11929): the definition that the engine is compared with, in
 * plain loops and double precision. It covers models that classify by their class token, and refuses others.
 *
 * <p>Read it from {@link #forward} down.
 */
final class ReferenceVit {
    private final VitConfig config;
    private final Map<String, float[]> weights = new TreeMap<>(); // by TensorNames, matrices [out][in]
    private final List<double[][][]> attention = new ArrayList<>(); // [layer][heads][tokens][tokens], last pass

    ReferenceVit(VitConfig config) {
        if (config.pooling() != Pooling.CLASS_TOKEN || config.activation() != Activation.GELU) {
            throw new IllegalArgumentException("expected a class token's classifier and GELU: " + config);
        }
        if (config.preNorm() || config.representationWidth() > 0 || config.projectionWidth() > 0) {
            throw new IllegalArgumentException("expected blocks between an embedding and a head: " + config);
        }
        this.config = config;
    }

    static ReferenceVit load(Path file) throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            ReferenceVit model = new ReferenceVit(VitConfig.readFrom(tensors.metadata()));
            for (TensorInfo tensor : tensors.tensors().values()) {
                int size = (int) tensor.elements();
                model.weights.put(tensor.name(), new float[size]);
                tensors.read(tensor.name(), model.tensor(tensor.name()));
            }
            return model;
        }
    }

    /** Returns the logits, {@code [classes]}, of an image's patches, or of some of them. */
    double[] forward(PatchSequence image) {
        attention.clear();
        double[][] x = embed(image); // [tokens][width], the residual stream
        for (int block = 0; block < config.depth(); block++) {
            double[][] attended = selfAttention(block, norm(x, block(block, "norm1")));
            add(x, linear(attended, block(block, "projection")));
            double[][] hidden = linear(norm(x, block(block, "norm2")), block(block, "fc1")); // [tokens][mlpWidth]
            gelu(hidden);
            add(x, linear(hidden, block(block, "fc2")));
        }
        double[][] classToken = {norm(x, "norm")[0]};
        return linear(classToken, "head")[0];
    }

    /** Returns the last pass's attention, one {@code [heads][tokens][tokens]} per layer. */
    List<double[][][]> attention() {
        return attention;
    }

    /** A token per patch: its pixels through a linear layer, plus the embedding of its place in the whole image. */
    private double[][] embed(PatchSequence image) {
        float[] pixels = image.values(); // [patches][patchLength]
        double[][] patches = new double[image.patches()][config.patchLength()];
        for (int patch = 0; patch < patches.length; patch++) {
            for (int i = 0; i < patches[patch].length; i++) {
                patches[patch][i] = pixels[patch * config.patchLength() + i];
            }
        }
        double[][] embedded = linear(patches, "patch_embedding");
        int prefix = config.prefixTokens(); // the class token, whose position is already added, and others like it
        double[][] tokens = new double[prefix + patches.length][config.width()];
        for (int token = 0; token < tokens.length; token++) {
            for (int i = 0; i < config.width(); i++) {
                tokens[token][i] = token < prefix
                        ? tensor(TensorNames.PREFIX_TOKENS)[token * config.width() + i]
                        : embedded[token - prefix][i]
                                + tensor(TensorNames.POSITION_EMBEDDING)[
                                        image.position(token - prefix) * config.width() + i];
            }
        }
        return tokens;
    }

    /** Each head: softmax(q k / sqrt(headWidth)) v, over all tokens; the heads side by side. */
    private double[][] selfAttention(int block, double[][] x) {
        int tokens = x.length;
        int width = config.width();
        int headWidth = config.headWidth();
        double[][] qkv = linear(x, block(block, "qkv")); // [tokens][3 * width]: all queries, all keys, all values
        double[][][] maps = new double[config.heads()][tokens][tokens];
        double[][] out = new double[tokens][width];
        for (int head = 0; head < config.heads(); head++) {
            int q = head * headWidth;
            int k = width + q;
            int v = 2 * width + q;
            for (int query = 0; query < tokens; query++) {
                double[] row = maps[head][query]; // [tokens]
                for (int key = 0; key < tokens; key++) {
                    for (int i = 0; i < headWidth; i++) {
                        row[key] += qkv[query][q + i] * qkv[key][k + i];
                    }
                    row[key] /= Math.sqrt(headWidth);
                }
                softmax(row);
                for (int key = 0; key < tokens; key++) {
                    for (int i = 0; i < headWidth; i++) {
                        out[query][q + i] += row[key] * qkv[key][v + i];
                    }
                }
            }
        }
        attention.add(maps);
        return out;
    }

    /** Returns {@code x W^T + b}: {@code [tokens][in]} to {@code [tokens][out]}. */
    private double[][] linear(double[][] x, String layer) {
        float[] weight = tensor(layer + ".weight"); // [out][in]
        boolean biased = weights.containsKey(layer + ".bias"); // only qkv may come without
        float[] bias = biased ? tensor(layer + ".bias") : new float[3 * config.width()]; // [out]
        int outputs = bias.length;
        int inputs = weight.length / outputs;
        double[][] y = new double[x.length][outputs];
        for (int token = 0; token < x.length; token++) {
            for (int output = 0; output < outputs; output++) {
                double sum = bias[output];
                for (int input = 0; input < inputs; input++) {
                    sum += x[token][input] * weight[output * inputs + input];
                }
                y[token][output] = sum;
            }
        }
        return y;
    }

    /** LayerNorm (arXiv 1607.06450): each token to mean 0 and variance 1, then scaled and shifted. */
    private double[][] norm(double[][] x, String layer) {
        float[] scale = tensor(layer + ".weight"); // [width]
        float[] shift = tensor(layer + ".bias"); // [width]
        double[][] y = new double[x.length][config.width()];
        for (int token = 0; token < x.length; token++) {
            double mean = mean(x[token]);
            double[] centred =
                    Arrays.stream(x[token]).map(value -> value - mean).toArray();
            double variance =
                    mean(Arrays.stream(centred).map(value -> value * value).toArray());
            double deviation = Math.sqrt(variance + config.layerNormEpsilon());
            for (int i = 0; i < config.width(); i++) {
                y[token][i] = centred[i] / deviation * scale[i] + shift[i];
            }
        }
        return y;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static void softmax(double[] row) {
        double greatest = Arrays.stream(row).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.exp(row[i] - greatest);
            sum += row[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
        }
    }

    /** GELU (arXiv 1606.08415): each value times the normal distribution's probability of a lesser one. */
    private static void gelu(double[][] x) {
        for (double[] token : x) {
            for (int i = 0; i < token.length; i++) {
                token[i] *= (1 + erf(token[i] / Math.sqrt(2))) / 2;
            }
        }
    }

    /** The error function by its series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (2n+1)!!. */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double sum = 0;
        double term = x;
        for (int n = 0; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private float[] tensor(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private static void add(double[][] x, double[][] more) {
        for (int token = 0; token < x.length; token++) {
            for (int i = 0; i < x[token].length; i++) {
                x[token][i] += more[token][i];
            }
        }
    }

    private static String block(int block, String layer) {
        return TensorNames.block(block, layer);
    }
}
