package reprise.dsl.study;

import reprise.dsl.result.Result;
import tech.tablesaw.api.Table;

/**
 * What a numeric experiment answers.
 *
 * @param <T> kind of its trials
 */
public interface StudyResult<T extends Trial> extends Result {
  /** Its finished trials. */
  Trials<T> trials();

  /** One row a trial, measure and stage; the settings of the trial are columns. */
  @Override
  default Table frame() {
    return trials().frame();
  }
}
