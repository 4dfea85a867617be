package reprise.kernel.store;

/**
 * What a run is called in its store.
 *
 * @param plan hash of its plan
 * @param id its own, unique in the plan
 */
public record RunName(String plan, String id) {
  @Override
  public String toString() {
    return plan + "/" + id;
  }
}
