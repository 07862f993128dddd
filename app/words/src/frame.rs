//! What stands around every page.

use crate::lang::{Lang, texts};

texts! {
    PRODUCT: "直通", "Zhitong";
    TAGLINE: "企业点单，部门接单，限时办结", "Enterprises ask, departments answer, in time";
    HOME: "首页", "Home";
    ORDERS: "诉求单", "Orders";
    MY_ORDERS: "我的诉求", "My orders";
    PLACE: "我要点单", "Place an order";
    LATE: "超时事项", "Overdue matters";
    AHEAD: "若不处理", "If nobody acts";
    CARDS: "督办牌", "Cards";
    NOTICES: "消息", "Notices";
    CALENDAR: "工作日历", "Calendar";
    RULES: "时限规则", "Rules";
    SIGN_IN: "登录", "Sign in";
    SIGN_OUT: "退出", "Sign out";
    USER_NAME: "账号", "Account";
    PASSWORD: "密码", "Password";
    WRONG_SIGN_IN: "账号或密码不正确。", "The account or the password is not right.";
    FIRST_PASSWORD_OVER: "初始密码已过期，请联系管理员重置。", "The first password has expired. Ask your administrator to reset it.";
    SIGN_IN_TO_GO_ON: "登录已过期。登录后，您填写的内容仍在。", "Your session has ended. Sign in: what you typed is kept.";
    SIGNED_IN_AGAIN: "您已重新登录，填写的内容仍在，请再次提交。", "You are signed in again. What you typed is kept; please submit it once more.";
    DEMO_ACCOUNTS: "演示账号", "Demo accounts";
    DEMO_PASSWORD: "演示数据均为虚构。所有账号的密码都是", "All demo data are invented. Every account has the password";
    OTHER_LANGUAGE: "English", "中文";
    APPEARANCE: "显示", "Display";
    THEME: "配色", "Colours";
    THEME_AUTO: "跟随系统", "As the system";
    THEME_LIGHT: "浅色", "Light";
    THEME_DARK: "深色", "Dark";
    LARGE_TEXT: "大字", "Large text";
    SAVE: "保存", "Save";
    SKIP: "跳到正文", "Skip to content";
    REHEARSAL: "演练：时间为模拟时间，数据不作实际办理依据。", "Rehearsal: the time is simulated and nothing here is real.";
    OLD_BROWSER: "浏览器版本较低，页面仍可使用；建议升级到 Chrome 96 以上。", "This browser is old. The pages still work; Chrome 96 or later is better.";
    KEYBOARD: "键盘快捷键", "Keyboard";
    KEY_SEARCH: "查找", "Search";
    KEY_DOWN: "下一条", "Next item";
    KEY_UP: "上一条", "Previous item";
    KEY_OPEN: "打开", "Open";
    KEY_HOME: "回首页", "Home";
    KEY_HELP: "显示本页", "Show this";
    CLOSE: "关闭", "Close";
    SIGN_IN_NEW_WINDOW: "在新窗口登录", "Sign in in a new window";
    ALL_MENDED: "都已改过，请再次提交。", "All of it has been changed; please submit again.";
    SEE_LATEST: "在新窗口查看最新经过", "See its latest history in a new window";
    YOU_TYPED: "您填写的内容：", "What you typed:";
    NOT_FOUND: "没有这个页面", "There is no such page";
    NOT_FOUND_HELP: "网址可能不完整，或者内容不在您的查看范围内。", "The address may be incomplete, or what it names is not yours to see.";
    UNSENT_KEPT: "已自动保存，尚未提交", "Saved; not sent yet";
    UNSENT_SIGNED_OUT: "登录已过期，刚才填写的内容还没有保存。", "Your session has ended; what you typed last is not saved yet.";
    UPLOAD_SIGNED_OUT: "登录已过期，请在新窗口登录后继续上传", "Your session has ended: sign in in a new window, then go on";
    SENDING: "正在提交…", "Sending…";
    UNSENT_NOT_KEPT: "未能自动保存，请检查网络后继续", "Not saved: check your connection and go on";
    UNSENT_RESTORED: "已恢复您未提交的内容，保存于", "What you had typed is back, saved";
    UNSENT_FORGET: "清空重填", "Clear it";
    UNSENT_ORPHAN: "您曾填写以下内容而未提交；这一步现在已不能办理：", "You had typed this and not sent it; the step is not possible any more:";
    CANCEL: "取消", "Cancel";
    BACK_HOME: "回首页", "Back to the home page";
    LOADING: "正在载入…", "Loading…";
}

/// On paper, which is kept: dates of the year are written without it.
pub fn undated(lang: Lang, year: i32) -> String {
    match lang {
        Lang::Zh => format!("未写年份的日期均为{year}年。"),
        Lang::En => format!("Dates without a year are of {year}."),
    }
}
