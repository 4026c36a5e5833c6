// The pages of dashboards, which are asked for by no one but a person's browser.

/** A page of Kibana or OpenSearch Dashboards, wherever it is served. */
export const dashboardPages =
  /\/app\/(?:kibana|home|discover|dashboards?|visualize|management|monitoring|security|dev_tools|timelion|canvas|maps|ml|apm|lens|observability|enterprise_search|fleet|integrations|siem|infra|logs|metrics|uptime|opensearch_dashboards_overview|kibana_overview|data-explorer|workspace_list)(?:\/|\?|$)/i;
