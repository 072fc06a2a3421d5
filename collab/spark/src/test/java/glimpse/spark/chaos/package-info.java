/** Attacks on a real cluster of this machine, and measurements of one; started by scripts, not by the build. */
package glimpse.spark.chaos;
