// Words of the page in two languages, Chinese first.

const WORDS = {
  find: ["查找：名称、拼音、首字母", "find a name, pinyin, initials"],
  path: ["最短路径", "shortest paths"],
  undo: ["撤销", "undo"],
  fit: ["全图", "fit"],
  filter: ["筛选", "filter"],
  table: ["列表", "as table"],
  export: ["导出", "export"],
  share: ["复制链接", "copy address"],
  copied: ["链接已复制", "address copied"],
  hide: ["隐藏", "hide"],
  expand: ["展开", "expand"],
  page: ["详细页", "its page"],
  from: ["此处为起点，再点终点", "from here: choose the other end"],
  choose: ["选择路径的起点（点按或查找），Esc 取消", "choose where the path begins (click or find), Esc to stop"],
  end: ["选择路径的终点（点按或查找），Esc 取消", "choose where the path ends (click or find), Esc to stop"],
  nopath: ["两者之间没有联系", "nothing connects the two"],
  paths: ["条最短路径", "shortest paths"],
  more: ["更多", "more"],
  shown: ["显示", "shown"],
  of: ["/", "of"],
  narrow: ["可用筛选缩小，或", "narrow by filters, or"],
  years: ["年份", "years"],
  all: ["全部", "all"],
  place: ["地区", "district"],
  industry: ["产业", "industry"],
  stage: ["阶段", "stage"],
  layout: ["布局", "layout"],
  own: ["单独布局", "laid out for itself"],
  map: ["固定位置", "fixed places"],
  facts: ["事实", "facts"],
  mentions: ["次提及", "mentions"],
  neighbours: ["个联系", "neighbours"],
  inferred: ["归属推断", "inferred"],
  select: ["点按一项看它的事实与原文，双击展开，拖动固定，Backspace 撤销，/ 查找，f 找路径，Esc 清除。", "Click a thing for its facts and quotes, double click to expand, drag to pin, Backspace undoes, / finds, f finds a path, Esc clears."],
  connected: ["联系最多", "most connected"],
  outside: ["新的一些在画面之外", "some of the new ones are out of sight"],
  nothing: ["没有符合的事物", "nothing fits"],
  working: ["正在读取…", "working…"],
  unknown: ["未写明", "not stated"],
  close: ["关闭", "close"],
  name: ["名称", "name"],
  ties: ["联系", "ties"],
  here: ["当前画面：", "this view:"],
  told: ["次", "times"],
  legend: ["图例：点按隐藏或显示", "legend: click to hide or show"],
  drawing: ["关系网络图；“列表”为同一内容", "the network; “as table” holds the same"],
  pinned: ["已固定", "pinned"],
  communities: ["群组", "communities"],
  group: ["显示此群组，再点取消", "bring out this community; click again to stop"],
  judged: ["由人判断", "decided by a person"],
  lost: ["连接中断：服务没有回应。画面仍在，请稍后再试。", "The service does not answer. What is drawn stays; try again in a moment."],
  noquote: ["归属推断，无原文", "inferred: no quote"],
  from_year: ["自", "from"],
  to_year: ["至", "to"],
  apply: ["应用", "apply"],
  type: ["类别", "type"],
  alone: ["没有已知联系", "no known ties"],
} as const;

export type Word = keyof typeof WORDS;
let column = 0;
export const speak = (language: string): void => { column = language === "en" ? 1 : 0; };
export const say = (word: Word): string => WORDS[word][column];
export const count = (number: number): string => number.toLocaleString("en");

const TYPES: Record<string, string> = {
  official: "official", agency: "public body", enterprise: "enterprise", park: "park", place: "place", industry: "industry",
  scheme: "industry scheme", project: "project", policy: "policy", event: "event", indicator: "indicator",
};
export const typeName = (look: { id: string; name: string }): string => (column ? TYPES[look.id] ?? look.id : look.name);
