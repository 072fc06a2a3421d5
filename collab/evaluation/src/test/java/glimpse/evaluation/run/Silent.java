package glimpse.evaluation.run;

import glimpse.evaluation.rows.ImageResult;

/** A listener that says nothing. */
record Silent() implements EvaluationListener {
    @Override
    public void started(int done, int total) {}

    @Override
    public void imageFinished(ImageResult row) {}
}
