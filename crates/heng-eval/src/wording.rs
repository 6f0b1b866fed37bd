//! The words of this crate that a user can meet. Everything else it says is structure
//! ([`Fault`](heng_model::value::Fault), [`Cause`](heng_model::scorecard::Cause)), worded by whoever prints it.

use heng_model::{Name, program::Script};

/// No host for scripts was given. A script's own words come in one language, so this text carries both.
pub(crate) fn no_script_host(script: &Script) -> Name {
    let Script { file, function, .. } = script;
    format!(
        "{file}：{function}：这次评分没有启用脚本，不能计算；请在启用脚本的环境中重新评分 / \
         {file}: {function}: scripts are switched off in this run; score again with scripts switched on"
    )
    .into()
}
