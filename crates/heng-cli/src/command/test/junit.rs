//! Results as JUnit, for those who collect them.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::Done;

/// The results, a suite a file.
pub fn report(done: &[Done]) -> String {
    let mut report = Report::new("heng test");
    let mut files: Vec<&str> = done.iter().map(|case| case.suite.as_str()).collect();
    files.dedup();
    for file in files {
        let mut suite = TestSuite::new(file);
        for case in done.iter().filter(|case| case.suite == file) {
            let status = if case.wrong.is_empty() {
                TestCaseStatus::success()
            } else {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(case.wrong.join("\n"));
                status
            };
            suite.add_test_case(TestCase::new(case.name.as_str(), status));
        }
        report.add_test_suite(suite);
    }
    report.to_string().unwrap_or_default()
}
