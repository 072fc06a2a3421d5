# shellcheck shell=bash
# Builds glimpse-spark.jar and lays out a Spark to start it with. Sourced after start.sh; bash 3.2 is enough.

readonly SPARK_JAR=$ROOT/collab/spark/target/glimpse-spark.jar

# say_cluster: what building the module may download
say_cluster() {
  echo "collab/spark needs Apache Spark 4.2.0 and Hadoop 3.5.0: 173 jars, 280 MB, which Maven fetches unless it has them" >&2
}

# make_spark FOLDER: builds the jar if a source has changed, and fills FOLDER/jars with links to Spark's
make_spark() {
  local jar class_path
  if [ ! -f "$SPARK_JAR" ] || [ -n "$(find "$ROOT"/pom.xml "$ROOT"/collab/pom.xml \
    "$ROOT"/{engine,weights-converter,collab/core,collab/page,collab/evaluation,collab/cli,collab/spark}/{pom.xml,src/main} \
    -type f -newer "$SPARK_JAR" -print -quit)" ]; then
    find_maven
    say_cluster
    echo "building $SPARK_JAR" >&2
    with_build_lock maven -q -Pcluster -pl collab/spark -am package -Dmaven.test.skip=true -Dspotless.check.skip=true >&2
  fi
  mkdir -p "$1/jars"
  class_path=$(cat "$ROOT/collab/spark/target/spark.classpath")
  local IFS=:
  for jar in $class_path; do
    ln -sf "$jar" "$1/jars/"
  done
}
